"""One YAML, two tools: what either makes of it, the other finds without a difference."""

import json

from azure.ai.ml.entities import IdentityConfiguration, ManagedIdentityConfiguration, ManagedOnlineEndpoint

from action import act, succeeds
from checks import run
from workspace import connect, create, deploy, raw, yaml

SPLIT = "with-traffic"
BOTH = "both-identities"
NAMES = ("with-key", "with-aml-token", "with-entra-token", "private", "user-assigned", "on-kubernetes", SPLIT, BOTH)
OURS = "ws-ours"
SCORER = "Microsoft.ManagedIdentity/userAssignedIdentities/scorer"


def story(checks):
    theirs, ours = connect(), connect(OURS)
    checks.refused("the SDK knows no file with both kinds of identity", lambda: yaml(BOTH), "identity")
    for client in (theirs, ours):
        has_deployments(client)
    for name in NAMES:
        create(theirs, wanted_of(name))
    plans_nothing(checks, "made by the SDK", theirs.workspace_name)
    succeeds(checks, "apply makes all of them", "apply", "--endpoint", ",".join(NAMES), "--workspace-name", OURS)
    for name in NAMES:
        reads_back(checks, ours, name)
        checks.same(f"{name}: both have made the same in ARM", essence(OURS, name), essence(theirs.workspace_name, name))
    for name in NAMES:
        create(ours, wanted_of(name))
    plans_nothing(checks, "made by us, written again by the SDK", OURS)


def has_deployments(client):
    """Traffic has to lead somewhere, so the endpoint is there before its file is applied."""
    create(client, ManagedOnlineEndpoint(name=SPLIT))
    deploy(client, SPLIT, "blue", "green", "red")


def wanted_of(name):
    """What the file says, as the SDK's own object."""
    if name != BOTH:
        return yaml(name)
    group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-identities"
    scorer = ManagedIdentityConfiguration(resource_id=f"{group}/providers/{SCORER}")
    both = IdentityConfiguration(type="system_assigned,user_assigned", user_assigned_identities=[scorer])
    return ManagedOnlineEndpoint(name=name, auth_mode="key", identity=both)


def plans_nothing(checks, what, workspace):
    words = ("--endpoint", ",".join(NAMES), "--workspace-name", workspace, "--fail-on-drift")
    code, answer, log = act("plan", *words)
    for name in NAMES:
        checks.that(f"{name}, {what}: no change", f"{name}: no change" in answer, answer)
    checks.same(f"{what}: plan finds no drift", code, 0)


def reads_back(checks, client, name):
    """Field by field: what the file says is what the SDK shows. Where the file is silent, it has Azure's defaults."""
    wanted, found = wanted_of(name), client.online_endpoints.get(name)
    checks.same(f"{name}, made by us: auth_mode", found.auth_mode, wanted.auth_mode)
    checks.same(f"{name}, made by us: description", found.description, wanted.description)
    checks.same(f"{name}, made by us: tags", found.tags, wanted.tags)
    kept = {key: found.properties.get(key) for key in wanted.properties}
    checks.same(f"{name}, made by us: properties", kept, wanted.properties)
    checks.same(f"{name}, made by us: traffic", without_zeros(found.traffic), wanted.traffic or {})
    checks.same(f"{name}, made by us: mirror_traffic", found.mirror_traffic, wanted.mirror_traffic or {})
    checks.same(f"{name}, made by us: identity", identity(found), identity(wanted))
    if hasattr(wanted, "public_network_access"):
        access = (wanted.public_network_access or "enabled").lower()
        checks.same(f"{name}, made by us: public_network_access", found.public_network_access.lower(), access)
    if hasattr(wanted, "compute"):
        cluster = wanted.compute.replace("azureml:", "")
        checks.same(f"{name}, made by us: compute", found.compute.split("/")[-1], cluster)


def without_zeros(traffic):
    """Azure shows a 0 for every deployment without traffic."""
    return {name: percent for name, percent in traffic.items() if percent}


def identity(endpoint):
    if not endpoint.identity:
        return ("system_assigned", [])
    assigned = endpoint.identity.user_assigned_identities or []
    return (endpoint.identity.type, [each.resource_id for each in assigned])


def essence(workspace, name):
    """An endpoint without what differs between any two: ids, times, addresses, and the workspace."""
    endpoint = raw(workspace, name)
    properties = endpoint["properties"]
    endpoint.update(id=None, systemData=None, location=None)
    endpoint["identity"].update(principalId=None)
    properties.update(scoringUri=None, swaggerUri=None)
    for key in ("azureml.onlineendpointid", "AzureAsyncOperationUri"):
        properties["properties"].pop(key)
    return json.loads(json.dumps(endpoint).replace(workspace, "WORKSPACE"))


if __name__ == "__main__":
    run("equality", story)
