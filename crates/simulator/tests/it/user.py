"""Uses the program as a test in another language would: Python's standard library, and what the README says.

Usage: user.py PROGRAM SCRATCH_FOLDER README"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

PROGRAM, SCRATCH, README = sys.argv[1:]
FORM = "application/x-www-form-urlencoded"


class Simulator:
    """The program, from its ready line to its end."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE, text=True)
        self.line = self.process.stdout.readline()
        if "--json" in arguments:
            ready = json.loads(self.line)
            self.url, self.control = ready["url"], ready["controlUrl"]
            self.bearer, self.service_id = ready["bearer"], ready["serviceId"]
        else:
            ready = dict(part.split("=", 1) for part in self.line.split())
            self.url, self.control = ready["url"], ready["control-url"]
            self.bearer, self.service_id = ready["bearer"], ready["service-id"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(timeout=30)

    def api(self, method, path, body=None, content_type="application/json", **headers):
        """Calls an operation; the status, the headers and the document."""
        url = f"{self.url}/api/{self.service_id}/{path}"
        return send(method, url, body, content_type, {"Authorization": f"Bearer {self.bearer}", **headers})

    def tell(self, path, body=None, method=None):
        """The control path; what it answers must be JSON."""
        status, _, document = send(method or ("GET" if body is None else "POST"), self.control + path, body)
        return status, document

    def told(self, path, body=None, method=None):
        status, document = self.tell(path, body, method)
        assert status == 200, (path, status, document)
        return document


def send(method, url, body=None, content_type="application/json", headers=None):
    headers = dict(headers or {})
    if body is not None:
        headers["Content-Type"] = content_type
        if content_type == FORM:
            body = urllib.parse.urlencode(body)
        elif not isinstance(body, str):
            body = json.dumps(body)
        body = body.encode()
    request = urllib.request.Request(url, data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            status, head, text = answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            status, head, text = answer.code, answer.headers, answer.read()
    is_json = (head.get("Content-Type") or "").startswith("application/json")
    return status, head, json.loads(text) if is_json and text else text


def token(name, **members):
    return {"grantType": "PASSWORD", "clientId": 42, "subject": "john", "accessToken": name, **members}


def bodies_and_ledger():
    with Simulator("--manual-clock", "--bearer", "b", "--service-id", "7") as simulator:
        assert (simulator.bearer, simulator.service_id) == ("b", "7"), simulator.line

        status, _, created = simulator.api(
            "POST", "auth/token/create", {"grantType": "CLIENT_CREDENTIALS", "clientId": 42, "scopes": "a b"}, FORM
        )
        assert (status, created["action"], created["scopes"]) == (200, "OK", ["a", "b"]), created
        assert "refreshToken" not in created, "absent members are absent"

        _, _, accepted = simulator.api("POST", "auth/token/create/batch", [token("t-1", refreshToken="r-1"), token("t-2")])
        path = f"auth/token/create/batch/status/{accepted['requestId']}"
        _, _, pending = simulator.api("GET", path)
        assert "result" not in pending["status"] and pending["status"]["tokenCount"] == 0, pending
        assert simulator.told("/clock", {"advanceMs": 50})["elapsedMs"] == 50
        _, _, done = simulator.api("GET", path)
        assert done["status"]["result"] == "SUCCEEDED", done

        _, _, seen = simulator.api("POST", "auth/introspection", {"token": "t-1", "scopes": ""}, FORM)
        assert (seen["action"], seen["refreshable"], seen["subject"]) == ("OK", True, "john"), seen

        # The ledger, whole and selected.
        ledger = simulator.told("/ledger")
        assert sorted(ledger) == ["batches", "counts", "deletedTokens", "flows", "requests", "tokens"]
        assert ledger["counts"]["requests"] == len(ledger["requests"]) == 5
        assert [one["accessToken"] for one in ledger["tokens"]][1:] == ["t-1", "t-2"]
        assert ledger["batches"][0]["state"] == "succeeded" and ledger["batches"][0]["applied"] == 2
        found = simulator.told("/ledger/tokens?accessToken=t-1")
        assert found["total"] == 1 and found["tokens"][0]["refreshToken"] == "r-1", found
        assert found["tokens"][0]["requestId"] == accepted["requestId"]
        page = simulator.told("/ledger/tokens?start=1&end=2")
        assert (page["total"], [one["accessToken"] for one in page["tokens"]]) == (3, ["t-1"]), page
        asked = simulator.told("/ledger/requests?operation=auth_introspection_api")["requests"]
        assert [one["body"] for one in asked] == ["token=t-1&scopes="], asked
        assert ["authorization", "Bearer b"] in asked[0]["headers"]

        simulator.api("DELETE", "auth/token/delete/t-2")
        assert simulator.told("/ledger/deletedTokens")["deletedTokens"][0]["why"] == "requested"
        assert simulator.told("/reset", {})["createdTokens"] == 0
        assert simulator.told("/ledger")["requests"] == []
        assert simulator.told("/clock")["elapsedMs"] == 0


def what_goes_wrong():
    with Simulator("--json") as simulator:
        introspect = lambda: simulator.api("POST", "auth/introspection", {"token": "x"})

        simulator.told("/faults", [{"kind": "status", "status": 503, "retryAfter": "2"}, {"kind": "closeAfterProcessing"}])
        status, head, document = introspect()
        assert (status, head["Retry-After"], document["resultCode"]) == (503, "2", "SIM900")
        try:
            introspect()
            raise AssertionError("an answer")
        except (http.client.RemoteDisconnected, ConnectionError):
            pass
        assert simulator.told("/faults") == {"fired": 2, "waiting": 0}

        simulator.told("/rateLimits", {"requests": 1, "perMs": 3_600_000})
        assert [introspect()[0], introspect()[0]] == [200, 429]
        assert simulator.told("/rateLimits", method="DELETE") == {"inForce": 0}

        simulator.told("/outages", {"kind": "unavailable", "forRequests": 1, "retryAfter": "9"})
        status, head, _ = introspect()
        assert (status, head["Retry-After"]) == (503, "9")
        # While nobody listens on the API's port, the control path has its own.
        assert simulator.told("/outages", {"kind": "refused"}) == {"underWay": 1, "waiting": 0}
        try:
            introspect()
            raise AssertionError("a connection")
        except urllib.error.URLError as error:
            assert isinstance(error.reason, ConnectionRefusedError), error
        simulator.told("/outages", method="DELETE")
        assert introspect()[0] == 200

        simulator.told("/droppedAnswers", {"share": 1})
        try:
            introspect()
            raise AssertionError("an answer")
        except (http.client.RemoteDisconnected, ConnectionError):
            pass
        simulator.told("/droppedAnswers", method="DELETE")

        simulator.told("/clock", {"offsetMs": -7_200_000})
        _, head, _ = introspect()
        age = time.time() - time.mktime(time.strptime(head["Date"], "%a, %d %b %Y %H:%M:%S GMT")) + time.timezone
        assert abs(age - 7200) < 60, age

        simulator.told("/switches", {"nulls": True, "refreshTokens": "droppedByBatches", "batchDelayMs": 0})
        simulator.api("POST", "auth/token/create/batch", [token("t", refreshToken="r")])
        _, _, seen = simulator.api("POST", "auth/introspection", {"token": "t"})
        assert seen["refreshable"] is False and seen["certificateThumbprint"] is None, seen

        simulator.told("/services", {"serviceId": "2", "switches": {"maxBatchItems": 1}})
        simulator.told("/tokens?serviceId=2", token("theirs", subject="mallory"))
        assert simulator.told("/ledger/tokens?serviceId=2")["tokens"][0]["subject"] == "mallory"
        simulator.told("/poison", {"accessToken": "bad"})
        simulator.told("/failingBatches", {"afterItems": 1})
        for name in ["good", "bad", "better"]:
            simulator.api("POST", "auth/token/create/batch", [token(name)])
        states = [(one["state"], one.get("errorCode")) for one in simulator.told("/ledger/batches")["batches"][1:]]
        assert states == [("failed", "SIM204"), ("failed", "SIM203"), ("succeeded", None)], states

        # Nothing of this was a request to the API.
        assert not [one for one in simulator.told("/ledger")["requests"] if "_simulator" in one["path"]]
        simulator.told("/reset", {})
        assert simulator.told("/services") == {"services": [{"serviceId": "1234567890"}]}
        assert simulator.told("/switches")["nulls"] is False


def refusals():
    with Simulator() as simulator:
        for path, body, method, expected, member in [
            ("/faults", {"kind": "nope"}, "POST", 400, "kind"),
            ("/faults", [{"kind": "delay", "delayMs": 1}, {"kind": "delay"}], "POST", 400, "[1].delayMs"),
            ("/faults", '{"kind":', "POST", 400, "kind"),
            ("/switches", {"batchDelayMs": "soon"}, "POST", 400, "batchDelayMs"),
            ("/switches?serviceId=9", {}, "POST", 404, "serviceId"),
            ("/clock", {"advance": 1}, "POST", 400, "advance"),
            ("/ledger/tokens?token=x", None, "GET", 400, "token"),
            ("/ledger?accessToken=x", None, "GET", 400, None),
            ("/nothing", None, "GET", 404, None),
            ("/reset", None, "GET", 405, None),
        ]:
            status, document = simulator.tell(path, body, method)
            assert status == expected and document["error"], (path, status, document)
            assert document.get("member") == member, (path, document)
        assert simulator.told("/faults")["waiting"] == 0, "none of several is taken when one is wrong"


def configuration():
    path = os.path.join(SCRATCH, "simulator.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(
            {
                "bearer": "from-the-file",
                "switches": {"batchDelayMs": 0},
                "services": [
                    {
                        "serviceId": "1",
                        "clients": [{"clientId": 42, "clientIdAlias": "app"}],
                        "tokens": [token("theirs", subject="mallory")],
                    },
                    {"serviceId": "2", "switches": {"nulls": True}},
                ],
                "faults": [{"kind": "status", "status": 500, "operation": "auth_token_create_api"}],
            },
            out,
        )
    with Simulator("--bearer", "from-the-flag", "--config", path) as simulator:
        assert (simulator.bearer, simulator.service_id) == ("from-the-flag", "1")
        assert simulator.api("POST", "auth/token/create", token("a"))[0] == 500
        status, _, created = simulator.api("POST", "auth/token/create", {**token("a"), "clientId": 41})
        assert (status, created["resultCode"]) == (200, "SIM112"), created
        request = {"grantType": "PASSWORD", "clientIdentifier": "app", "subject": "john", "accessToken": "a"}
        assert simulator.api("POST", "auth/token/create", request)[2]["clientId"] == 42
        assert simulator.api("POST", "auth/introspection", {"token": "theirs"})[2]["subject"] == "mallory"

    with open(path, "w", encoding="utf-8") as out:
        out.write('{"services": [\n  {"serviceId": "1", "switches": {"nulls": "my-secret"}}\n]}')
    run = subprocess.run([PROGRAM, "--config", path], capture_output=True, text=True, timeout=30)
    assert (run.returncode, run.stdout) == (2, ""), run
    assert path in run.stderr and "services[0].switches.nulls: a boolean" in run.stderr, run.stderr
    assert "my-secret" not in run.stderr and run.stderr.count("\n") == 1


def ends():
    for how in [signal.SIGTERM, signal.SIGINT]:
        with Simulator() as simulator:
            # An answer under way is given; a connection that is idle does not keep the program.
            port = int(simulator.url.rsplit(":", 1)[1])
            idle = socket.create_connection(("127.0.0.1", port))
            simulator.told("/faults", {"kind": "delay", "delayMs": 700})
            answers = []
            asking = threading.Thread(
                target=lambda: answers.append(simulator.api("POST", "auth/introspection", {"token": "x"})[0])
            )
            asking.start()
            while simulator.told("/ledger/counts")["requests"] == 0:
                time.sleep(0.01)
            assert simulator.end(how) == 0
            asking.join(timeout=30)
            assert answers == [200], answers
            idle.close()

    with Simulator() as simulator:
        # A request that is never answered keeps it for a while only, and not at all after a second signal.
        simulator.told("/faults", {"kind": "hangBeforeProcessing"})
        port = int(simulator.url.rsplit(":", 1)[1])
        hanging = socket.create_connection(("127.0.0.1", port))
        hanging.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        while simulator.told("/ledger/counts")["requests"] == 0:
            time.sleep(0.01)
        simulator.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        assert simulator.process.poll() is None, "it waits for the request under way"
        assert simulator.end() == 0
        assert hanging.recv(1) == b""
        hanging.close()


def the_readme():
    """The example of the README, with a program under test of one request."""
    with open(README, encoding="utf-8") as text:
        example = text.read().split("```python\n")[1].split("```")[0]
    under_test = """
        body = [{"grantType": "CLIENT_CREDENTIALS", "clientId": 42, "accessToken": "t-1"}]
        headers = {"Authorization": "Bearer " + ready["bearer"]}
        url = f"{ready['url']}/api/{ready['serviceId']}/auth/token/create/batch"
        try:
            send("POST", url, body, headers=headers)
            raise SystemExit("an answer")
        except (http.client.RemoteDisconnected, ConnectionError):
            time.sleep(0.1)
    """
    lines = example.replace('["authlete-simulator", ', "[PROGRAM, ").splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith("# …"))
    lines[place : place + 1] = textwrap.dedent(under_test).splitlines()
    scope = {"PROGRAM": PROGRAM, "send": send, "http": http, "time": time}
    exec("\n".join(lines), scope)
    scope["simulator"].stdout.close()


for check in [the_readme, bodies_and_ledger, what_goes_wrong, refusals, configuration, ends]:
    check()
    print("ok", check.__name__)
