// The first five customers.
export const councils = [
  "lichfield-traded-services",
  "together-for-children",
  "south-staffordshire",
  "westminster",
  "north-west-leicestershire",
];
