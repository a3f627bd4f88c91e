"""The errors of each operation, as the SDK hands them to its user."""

import os

from azure.ai.ml.entities import ManagedOnlineEndpoint
from azure.core.credentials import AccessToken
from azure.identity import ClientSecretCredential

from checks import run
from workspace import REQUEST, connect, create, deploy, deployment, scope, trouble, update

NAME = "refusing"
MISSING = "not-there"


def story(checks):
    client = connect()
    create(client, ManagedOnlineEndpoint(name=NAME))
    deploy(client, NAME, "blue", "green")
    update(client, NAME, traffic={"blue": 100})
    misses_endpoints(checks, client)
    refuses_splits(checks, client)
    refuses_names(checks, client)
    refuses_modes(checks, client)
    refuses_people(checks, client)
    fails_late(checks, client)


def misses_endpoints(checks, client):
    endpoints = client.online_endpoints
    not_found = ("ResourceNotFoundError", 404, "was not found")
    checks.refused("endpoint missing: show", lambda: endpoints.get(MISSING), *not_found)
    checks.refused("endpoint missing: keys", lambda: endpoints.get_keys(MISSING), *not_found)
    checks.refused("endpoint missing: regenerate", lambda: endpoints.begin_regenerate_keys(MISSING), *not_found)
    checks.refused("endpoint missing: invoke", lambda: endpoints.invoke(MISSING, request_file=REQUEST), *not_found)
    deploys = client.online_deployments
    checks.refused("endpoint missing: list of deployments", lambda: list(deploys.list(MISSING)), *not_found)
    new = deployment(client, MISSING, "blue")
    checks.refused("endpoint missing: deploy", lambda: deploys.begin_create_or_update(new), *not_found)
    checks.same("endpoint missing: delete has nothing to do", endpoints.begin_delete(MISSING).result(), None)
    checks.refused("deployment missing: show", lambda: deploys.get("red", NAME), "ResourceNotFoundError", 404, "red")
    elsewhere = connect("no-such-workspace")
    checks.refused("workspace missing: show", lambda: elsewhere.online_endpoints.get(NAME), 404, "ParentResourceNotFound")
    checks.refused("workspace missing: create", lambda: create(elsewhere, ManagedOnlineEndpoint(name=NAME)), 404)


def refuses_splits(checks, client):
    def split(**fields):
        return lambda: update(client, NAME, **fields)

    bad = ("HttpResponseError", 400, "BadRequest", "UserError")
    checks.refused("traffic to an unknown deployment", split(traffic={"red": 100}), *bad, "red")
    checks.refused("traffic of 50 percent", split(traffic={"blue": 50}), *bad, "50")
    checks.refused("traffic of 150 percent", split(traffic={"blue": 100, "green": 50}), *bad, "150")
    checks.refused("mirror to an unknown deployment", split(mirror_traffic={"red": 10}), *bad, "red")
    checks.refused("mirror of a deployment that is live", split(mirror_traffic={"blue": 10}), *bad, "blue")
    new = ManagedOnlineEndpoint(name="born-with-traffic", traffic={"blue": 100})
    checks.refused("traffic before there are deployments", lambda: create(client, new), *bad)
    begin_delete = client.online_deployments.begin_delete
    checks.refused("delete of a deployment with traffic", lambda: begin_delete("blue", NAME), *bad, "blue")
    checks.same("nothing of it has changed the split", client.online_endpoints.get(NAME).traffic, {"blue": 100, "green": 0})


def refuses_names(checks, client):
    taken = ManagedOnlineEndpoint(name="taken-by-another")
    unique = "Endpoint name needs to be unique within a region"
    checks.refused("a name that somebody else has", lambda: create(client, taken), 400, unique)
    neighbour = connect("ws-neighbour")
    mine = ManagedOnlineEndpoint(name=NAME)
    checks.refused("a name of another workspace in the region", lambda: create(neighbour, mine), 400, unique)
    short = ManagedOnlineEndpoint(name="ab")
    checks.refused("a name that is too short", lambda: create(client, short), "at least 3")


def refuses_modes(checks, client):
    endpoints = client.online_endpoints
    for mode in ("aml_token", "aad_token"):
        name = f"keyless-{mode[:3]}"
        create(client, ManagedOnlineEndpoint(name=name, auth_mode=mode))
        refusal = "does not use keys for authentication"
        checks.refused(f"regenerate in mode {mode}", lambda name=name: endpoints.begin_regenerate_keys(name), refusal)


class Stranger:
    """A credential that Azure has never seen."""

    def get_token(self, *scopes, **options):
        return AccessToken("not-a-token", 4_000_000_000)


def refuses_people(checks, client):
    stranger = connect(credential=Stranger())
    unauthenticated = ("ClientAuthenticationError", 401, "InvalidAuthenticationToken")
    checks.refused("a token that is none", lambda: stranger.online_endpoints.get(NAME), *unauthenticated)
    trouble(f"/onlineEndpoints/{NAME}", {"expire-token": True})
    expired = ("ClientAuthenticationError", 401, "ExpiredAuthenticationToken")
    checks.refused("a token that has expired", lambda: client.online_endpoints.get(NAME), *expired)
    liar = connect(credential=with_secret("not-the-secret"))
    checks.refused("a wrong client secret", lambda: liar.online_endpoints.get(NAME), "AADSTS7000215")
    for action, call in calls(client).items():
        trouble(f"/onlineEndpoints/{NAME}", {"deny": True}, operation=action)
        words = (403, "AuthorizationFailed", f"onlineEndpoints/{action.split('/', 1)[1]}", scope(client.workspace_name))
        checks.refused(f"no right to {action}", call, *words)


def calls(client):
    endpoints = client.online_endpoints
    return {
        "onlineEndpoints/read": lambda: endpoints.get(NAME),
        "onlineEndpoints/write": lambda: update(client, NAME, tags={"a": "b"}),
        "onlineEndpoints/delete": lambda: endpoints.begin_delete(NAME),
        "onlineEndpoints/listKeys/action": lambda: endpoints.get_keys(NAME),
        "onlineEndpoints/regenerateKeys/action": lambda: endpoints.begin_regenerate_keys(NAME),
    }


def with_secret(secret):
    return ClientSecretCredential(
        os.environ["AZURE_TENANT_ID"],
        os.environ["AZURE_CLIENT_ID"],
        secret,
        authority=os.environ["AZURE_AUTHORITY_HOST"],
        disable_instance_discovery=True,
    )


def fails_late(checks, client):
    trouble(f"/onlineEndpoints/{NAME}", {"operation": {"takes": 1500}}, method="PUT")
    endpoint = client.online_endpoints.get(NAME)
    slow = client.online_endpoints.begin_create_or_update(endpoint)
    checks.refused("a write while another runs", lambda: create(client, endpoint), 409, "provisioning state")
    slow.result()
    failure = {"status": "Failed", "error": {"code": "OutOfQuota", "message": "Not enough quota"}}
    trouble(f"/onlineEndpoints/{NAME}", {"operation": failure}, method="PUT")
    checks.refused("an operation that fails", lambda: update(client, NAME, tags={"a": "b"}), "OutOfQuota")
    checks.same("a failed update shows", client.online_endpoints.get(NAME).provisioning_state, "Failed")
    mended = update(client, NAME, tags={"a": "b"})
    checks.same("and the next one mends it", mended.provisioning_state, "Succeeded")


if __name__ == "__main__":
    run("refusals", story)
