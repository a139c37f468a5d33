"""Object stores for the tests of bulk: S3 by moto, Google's by a server of our own, both on the loopback address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

Files = Mapping[str, bytes]


@contextmanager
def s3(bucket: str, files: Files) -> Iterator[dict[str, str]]:
    """A bucket of S3 with these files; gives the environment in which s3fs finds it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    try:
        where = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        client = boto3.client("s3", endpoint_url=where, **keys)
        client.create_bucket(Bucket=bucket)
        for name, content in files.items():
            client.put_object(Bucket=bucket, Key=name, Body=content)
        yield {
            "AWS_ENDPOINT_URL": where, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip
    finally:
        server.stop()


@contextmanager
def gs(bucket: str, files: Files) -> Iterator[dict[str, str]]:
    """A bucket of Google's store with these files, as much of its JSON API as readers use; gives gcsfs' environment."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _google(bucket, files))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield {
            "STORAGE_EMULATOR_HOST": f"http://127.0.0.1:{server.server_port}", "NO_GCE_CHECK": "true",
            "GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT": "false",
        }  # fmt: skip
    finally:
        server.shutdown()
        server.server_close()


def _google(bucket: str, files: Files) -> type[BaseHTTPRequestHandler]:
    def about(name: str) -> dict[str, str]:
        size = str(len(files[name]))
        return {"kind": "storage#object", "name": name, "bucket": bucket, "size": size, "generation": "1"}

    class Google(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            _, _, name = asked.path.partition(f"/b/{bucket}/o")
            name, query = unquote(name.strip("/")), parse_qs(asked.query)
            if not name:
                prefix = query.get("prefix", [""])[0]
                self._say({"kind": "storage#objects", "items": [about(n) for n in files if n.startswith(prefix)]})
            elif name not in files:
                self._say({"error": {"code": 404, "message": "not found"}}, 404)
            elif query.get("alt") == ["media"]:
                self._send(files[name])
            else:
                self._say(about(name))

        def _say(self, record: object, status: int = 200) -> None:
            self._answer(status, json.dumps(record).encode(), {"Content-Type": "application/json"})

        def _send(self, content: bytes) -> None:
            span = self.headers.get("Range", "").removeprefix("bytes=")
            if not span:
                self._answer(200, content, {})
                return
            first, _, last = span.partition("-")
            part = content[int(first) : int(last) + 1 if last else None]
            self._answer(206, part, {"Content-Range": f"bytes {first}-{int(first) + len(part) - 1}/{len(content)}"})

        def _answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for key, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Google
