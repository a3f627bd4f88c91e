"""Both tools take turns on one endpoint, and neither loses what the other has set."""

import json

from action import act, succeeds
from checks import run
from workspace import REQUEST, connect, deploy, update

NAME = "turns"


def story(checks):
    client = connect()
    succeeds(checks, "we create it", "create", NAME)
    made = client.online_endpoints.get(NAME)
    checks.same("the SDK shows our description", made.description, "Written by both sides in turn")
    checks.same("the SDK shows our tags", made.tags, {"owner": "data-science"})
    deploy(client, NAME, "blue", "green")
    splits(checks, client)
    mirrors(checks, client)
    tells_the_same(checks, client)
    rotates(checks, client)
    deletes(checks, client)


def splits(checks, client):
    update(client, NAME, tags={"owner": "data-science", "cost-centre": "4711"}, traffic={"blue": 100})
    checks.that("what the SDK added is no drift to our plan", "no change" in plan(), plan())
    succeeds(checks, "we move traffic", "update", NAME, "--traffic", "blue=90 green=10")
    moved = client.online_endpoints.get(NAME)
    checks.same("the SDK sees our split", moved.traffic, {"blue": 90, "green": 10})
    checks.same("we keep the SDK's tag", moved.tags, {"owner": "data-science", "cost-centre": "4711"})
    changed = update(client, NAME, description="The SDK's words", properties={**moved.properties, "audit": "2026"})
    checks.same("the SDK keeps our split", changed.traffic, {"blue": 90, "green": 10})
    checks.that("our plan sees the SDK's words", "description" in plan(), plan())
    succeeds(checks, "we apply our words again", "apply", NAME)
    ours = client.online_endpoints.get(NAME)
    checks.same("our words are back", ours.description, "Written by both sides in turn")
    checks.same("we keep the SDK's property", ours.properties.get("audit"), "2026")
    checks.same("we keep the split", ours.traffic, {"blue": 90, "green": 10})


def mirrors(checks, client):
    update(client, NAME, traffic={"blue": 100}, mirror_traffic={"green": 20})
    succeeds(checks, "we change a tag", "apply", NAME, "--set", "tags.owner=platform")
    tagged = client.online_endpoints.get(NAME)
    checks.same("the SDK sees our tag", tagged.tags, {"owner": "platform", "cost-centre": "4711"})
    checks.same("we keep the SDK's mirror", tagged.mirror_traffic, {"green": 20})
    checks.same("we keep the SDK's traffic", tagged.traffic, {"blue": 100})
    succeeds(checks, "we mirror less", "update", NAME, "--mirror-traffic", "green=5")
    checks.same("the SDK sees our mirror", client.online_endpoints.get(NAME).mirror_traffic, {"green": 5})
    kept = update(client, NAME, tags={"owner": "data-science"})
    checks.same("the SDK keeps our mirror", kept.mirror_traffic, {"green": 5})
    checks.that("and our plan has nothing to do", "no change" in plan(), plan())


def tells_the_same(checks, client):
    shown = client.online_endpoints.get(NAME)
    checks.same("`url` is the SDK's scoring URI", succeeds(checks, "url", "url", NAME), shown.scoring_uri)
    answer = json.loads(succeeds(checks, "invoke", "invoke", NAME, "--request-file", REQUEST))
    checks.same("`invoke` reaches what the SDK reaches", answer["deployment"], "blue")
    theirs = json.loads(client.online_endpoints.invoke(NAME, request_file=REQUEST))
    checks.same("both get the same answer", answer, theirs)
    listed = succeeds(checks, "list", "list")
    checks.that("`list` has it", NAME in listed, listed)


def rotates(checks, client):
    before = client.online_endpoints.get_keys(NAME)
    checks.same("`token` is the SDK's primary key", token(checks, "primary"), before.primary_key)
    checks.same("`token` is the SDK's secondary key", token(checks, "secondary"), before.secondary_key)
    succeeds(checks, "we rotate the secondary key", "regenerate-keys", NAME, "--key", "secondary")
    after = client.online_endpoints.get_keys(NAME)
    checks.that("the SDK sees a new secondary key", after.secondary_key != before.secondary_key)
    checks.same("the SDK sees the old primary key", after.primary_key, before.primary_key)
    client.online_endpoints.begin_regenerate_keys(NAME, key_type="primary").result()
    fresh = client.online_endpoints.get_keys(NAME).primary_key
    checks.that("the SDK rotates the primary key", fresh != before.primary_key)
    checks.same("`token` is the SDK's new key", token(checks, "primary"), fresh)


def deletes(checks, client):
    code, _, _ = act("delete", NAME)
    checks.that("we do not delete live traffic unasked", code != 0)
    checks.same("and it is still there", client.online_endpoints.get(NAME).traffic["blue"], 100)
    succeeds(checks, "we delete it", "delete", NAME, "--confirm", NAME)
    checks.refused("the SDK misses it", lambda: client.online_endpoints.get(NAME), 404)
    code, _, log = act("show", NAME)
    checks.that("so do we", code == 1 and NAME in log, log)


def plan():
    return act("plan", NAME)[1]


def token(checks, key):
    return succeeds(checks, f"token of the {key} key", "token", NAME, "--key", key)


if __name__ == "__main__":
    run("turns", story)
