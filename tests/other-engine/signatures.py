"""Has botocore sign what `shared/bucket` signs, and compares: a form that a browser posts, and a link."""

import datetime
import json
import pathlib
import sys
from urllib.parse import parse_qs, urlsplit

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

SIGNED = pathlib.Path(__file__).parents[2] / "shared/bucket/tests/signed.json"
NOW = datetime.datetime(2026, 3, 20, 10, tzinfo=datetime.timezone.utc)

botocore.auth.get_current_datetime = lambda remove_tzinfo=True: NOW.replace(tzinfo=None) if remove_tzinfo else NOW

wrong = 0


def compare(what: str, ours: str, theirs: str) -> None:
    global wrong
    print(f"{what}: {'the same' if ours == theirs else f'{ours} here, and {theirs} by botocore'}")
    wrong += ours != theirs


for signed in json.loads(SIGNED.read_text()):
    token = signed["token"]
    whose = "with a session's token" if token else "with a key alone"
    credentials = Credentials("AKIDEXAMPLE", "a key for this test only", token)

    form = dict(signed["form"]["fields"])
    signer = botocore.auth.S3SigV4PostAuth(credentials, "s3", "eu-west-2")
    request = AWSRequest(method="POST", url=signed["form"]["url"])
    request.context["timestamp"] = form["x-amz-date"]
    compare(f"a form {whose}", form["x-amz-signature"], signer.signature(form["policy"], request))

    link = urlsplit(signed["link"])
    expires = int(parse_qs(link.query)["X-Amz-Expires"][0])
    request = AWSRequest(method="GET", url=f"{link.scheme}://{link.netloc}{link.path}")
    botocore.auth.S3SigV4QueryAuth(credentials, "s3", "eu-west-2", expires=expires).add_auth(request)
    ours, theirs = (parse_qs(urlsplit(url).query)["X-Amz-Signature"][0] for url in (signed["link"], request.url))
    compare(f"a link {whose}", ours, theirs)

sys.exit(wrong > 0)
