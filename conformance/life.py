"""An endpoint's life: create, show, list, deploy, update of traffic, mirror and tags, delete."""

from azure.ai.ml.entities import ManagedOnlineEndpoint

from checks import run
from workspace import connect, create, deploy, raw, update

NAME = "life"


def story(checks):
    client = connect()
    made = create(
        client,
        ManagedOnlineEndpoint(
            name=NAME, auth_mode="key", description="First words", tags={"owner": "ml"}, properties={"reviewed": "yes"}
        ),
    )
    shows_all(checks, made)
    is_listed(checks, client)
    has_deployments(checks, client)
    changes(checks, client)
    goes_away(checks, client)


def shows_all(checks, made):
    checks.same("create answers the name", made.name, NAME)
    checks.same("create ends as Succeeded", made.provisioning_state, "Succeeded")
    checks.same("create keeps the authentication mode", made.auth_mode, "key")
    checks.same("create keeps the description", made.description, "First words")
    checks.same("create keeps the tags", made.tags, {"owner": "ml"})
    checks.same("create keeps the properties", made.properties.get("reviewed"), "yes")
    checks.same("create gives no traffic", made.traffic, {})
    checks.same("create gives the workspace's location", made.location, "westeurope")
    checks.same("create gives a system-assigned identity", made.identity.type, "system_assigned")
    checks.that("the identity has a principal", made.identity.principal_id)
    checks.same("an endpoint without compute is managed", made.kind, "Managed")
    checks.that("create gives a scoring URI", made.scoring_uri.endswith("/score"), made.scoring_uri)
    checks.that("create gives an OpenAPI URI", made.openapi_uri.endswith("/swagger.json"), made.openapi_uri)
    server_side = {"azureml.onlineendpointid", "AzureAsyncOperationUri"}
    checks.that("the service writes its own properties", server_side <= set(made.properties), made.properties)


def is_listed(checks, client):
    listed = {endpoint.name: endpoint for endpoint in client.online_endpoints.list()}
    checks.that("list has it", NAME in listed, list(listed))
    checks.that("list shows what show shows", listed[NAME] == client.online_endpoints.get(NAME))
    checks.same("show ignores the case of the name", client.online_endpoints.get(NAME.upper()).name, NAME)


def has_deployments(checks, client):
    blue, green = deploy(client, NAME, "blue", "green")
    checks.same("a deployment ends as Succeeded", blue.provisioning_state, "Succeeded")
    checks.same("a deployment keeps its instance type", blue.instance_type, "Standard_DS3_v2")
    checks.same("a deployment keeps its instance count", green.instance_count, 1)
    checks.same("the service fills in the timeout of requests", blue.request_settings.request_timeout_ms, 5000)
    listed = sorted(each.name for each in client.online_deployments.list(NAME))
    checks.same("deployments are listed", listed, ["blue", "green"])
    logs = client.online_deployments.get_logs("blue", NAME, 10)
    checks.that("a deployment has logs", "Invoking user's init function" in logs, logs)
    shown = client.online_endpoints.get(NAME)
    checks.same("a new deployment has no traffic", shown.traffic, {"blue": 0, "green": 0})


def changes(checks, client):
    split = update(client, NAME, traffic={"blue": 90, "green": 10})
    checks.same("traffic is split", split.traffic, {"blue": 90, "green": 10})
    checks.same("an update keeps the tags", split.tags, {"owner": "ml"})
    checks.same("an update keeps the description", split.description, "First words")
    one = update(client, NAME, traffic={"Blue": 100})
    checks.same("deployments in a split ignore case", one.traffic, {"blue": 100, "green": 0})
    mirrored = update(client, NAME, mirror_traffic={"green": 10})
    checks.same("traffic is mirrored", mirrored.mirror_traffic, {"green": 10})
    checks.same("mirroring keeps the traffic", mirrored.traffic, {"blue": 100})
    tagged = update(client, NAME, tags={"owner": "ml", "stage": "test"}, description="Second words")
    checks.same("tags change", tagged.tags, {"owner": "ml", "stage": "test"})
    checks.same("the description changes", tagged.description, "Second words")
    checks.same("a change of tags keeps the mirror", tagged.mirror_traffic, {"green": 10})
    checks.same("a change of tags keeps the traffic", tagged.traffic, {"blue": 100})
    checks.same("a tag can go", update(client, NAME, tags={}).tags, {})
    stopped = update(client, NAME, mirror_traffic={})
    checks.same("mirroring can stop", stopped.mirror_traffic, {})
    known = raw(client.workspace_name, NAME)["properties"]
    checks.same("another api-version sees the same traffic", known["traffic"], {"blue": 100})


def goes_away(checks, client):
    client.online_deployments.begin_delete("green", NAME).result()
    left = [each.name for each in client.online_deployments.list(NAME)]
    checks.same("a deployment without traffic can be deleted", left, ["blue"])
    client.online_endpoints.begin_delete(NAME).result()
    checks.refused("a deleted endpoint is gone", lambda: client.online_endpoints.get(NAME), 404)
    listed = [endpoint.name for endpoint in client.online_endpoints.list()]
    checks.that("a deleted endpoint is not listed", NAME not in listed, listed)
    again = create(client, ManagedOnlineEndpoint(name=NAME))
    checks.same("its name can be used again", again.provisioning_state, "Succeeded")


if __name__ == "__main__":
    run("life", story)
