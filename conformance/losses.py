"""What the SDK loses where our action does not. Each is shown once, so that the list in the docs stays true."""

from azure.ai.ml.entities import IdentityConfiguration, ManagedIdentityConfiguration, ManagedOnlineEndpoint

from checks import run
from workspace import connect, create, deploy, raw, update

NAME = "losing"


def story(checks):
    client = connect()
    create(client, full(client))
    deploy(client, NAME, "blue", "green")
    update(client, NAME, traffic={"blue": 100}, mirror_traffic={"green": 10})
    reads_and_writes(checks, client)
    updates_from_a_file(checks, client)
    updates_a_deployment(checks, client)


def full(client):
    identity = IdentityConfiguration(
        type="user_assigned", user_assigned_identities=[ManagedIdentityConfiguration(resource_id=an_identity())]
    )
    return ManagedOnlineEndpoint(
        name=NAME,
        description="Much to lose",
        tags={"owner": "ml"},
        properties={"reviewed": "yes"},
        identity=identity,
        public_network_access="disabled",
    )


def an_identity():
    group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
    return f"{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer"


def reads_and_writes(checks, client):
    endpoint = client.online_endpoints.get(NAME)
    endpoint.traffic = {"green": 100}
    endpoint.mirror_traffic = {"blue": 10}
    answer = create(client, endpoint)
    checks.loss("an update answers the traffic from before it: it is not read back", answer.traffic == {"blue": 100})
    bag = raw(client.workspace_name, NAME)["properties"]["properties"]
    checks.loss("read, set, write: createdBy, createdAt and lastModifiedAt land in `properties`", "createdBy" in bag)


def updates_from_a_file(checks, client):
    create(client, ManagedOnlineEndpoint(name=NAME, auth_mode="key"))
    left = client.online_endpoints.get(NAME)
    from_file = "an update from a file that does not name"
    checks.loss(f"{from_file} `traffic` takes all traffic away", set(left.traffic.values()) == {0})
    checks.loss(f"{from_file} `mirror_traffic` ends the mirroring", left.mirror_traffic == {})
    checks.loss(f"{from_file} `tags` removes them", left.tags == {})
    checks.loss(f"{from_file} `properties` removes them", "reviewed" not in left.properties)
    checks.loss(f"{from_file} `identity` makes it system-assigned", left.identity.type == "system_assigned")
    checks.loss(f"{from_file} `public_network_access` opens it", left.public_network_access == "Enabled")


def updates_a_deployment(checks, client):
    path = f"{NAME}/deployments/blue"
    body = raw(client.workspace_name, path)
    body["properties"]["startupProbe"] = {"initialDelay": "PT30S"}
    raw(client.workspace_name, path, method="PUT", json=body)
    blue = client.online_deployments.get("blue", NAME)
    while blue.provisioning_state == "Updating":
        blue = client.online_deployments.get("blue", NAME)
    blue.tags = {"seen": "yes"}
    client.online_deployments.begin_create_or_update(blue).result()
    left = raw(client.workspace_name, path)["properties"]
    checks.loss("an update of a deployment drops its startup probe", "startupProbe" not in left)


if __name__ == "__main__":
    run("losses", story)
