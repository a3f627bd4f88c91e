"""The SDK as its user has it, pointed at the emulator by nothing but environment variables."""

import os

import requests
from azure.ai.ml import MLClient, load_online_endpoint
from azure.ai.ml.entities import ManagedOnlineDeployment
from azure.identity import EnvironmentCredential

FILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "endpoints")
REQUEST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "request.json")
ARM = os.environ["AZURE_RESOURCE_MANAGER_ENDPOINT"]


def sign_in():
    """Reads AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET and AZURE_AUTHORITY_HOST."""
    # Else MSAL asks login.microsoftonline.com, which it has built in, whether the authority is one of Microsoft's.
    return EnvironmentCredential(disable_instance_discovery=True)


def connect(workspace=os.environ["AZURE_ML_WORKSPACE"], credential=None):
    """A client of one workspace."""
    return MLClient(
        credential or sign_in(),
        os.environ["AZURE_SUBSCRIPTION_ID"],
        os.environ["AZURE_RESOURCE_GROUP"],
        workspace,
        show_progress=False,
        enable_telemetry=False,
        # An option of its pipeline. Creating deployments and deleting endpoints take 5 s all the same (LROConfigurations).
        polling_interval=0.2,
    )


def yaml(name):
    """What the SDK makes of a file that our action reads too."""
    return load_online_endpoint(os.path.join(FILES, f"{name}.yml"))


def create(client, endpoint):
    return client.online_endpoints.begin_create_or_update(endpoint).result()


def update(client, name, **fields):
    """As `az ml online-endpoint update` without a file: reads, sets, writes. Answers what a fresh read shows."""
    endpoint = client.online_endpoints.get(name)
    for field, value in fields.items():
        setattr(endpoint, field, value)
    create(client, endpoint)
    return client.online_endpoints.get(name)


def deployment(client, endpoint, name, **fields):
    """One that names its model and environment by id, so that nothing has to be uploaded."""
    assets = scope(client.workspace_name)
    return ManagedOnlineDeployment(
        name=name,
        endpoint_name=endpoint,
        model=f"{assets}/models/iris/versions/1",
        environment=f"{assets}/environments/sklearn/versions/1",
        instance_type="Standard_DS3_v2",
        instance_count=1,
        **fields,
    )


def deploy(client, endpoint, *names):
    """Makes deployments side by side: the SDK looks every 5 s whether one is done."""
    pollers = [
        client.online_deployments.begin_create_or_update(deployment(client, endpoint, name)) for name in names
    ]
    return [poller.result() for poller in pollers]


def scope(workspace):
    group = f"/subscriptions/{os.environ['AZURE_SUBSCRIPTION_ID']}/resourceGroups/{os.environ['AZURE_RESOURCE_GROUP']}"
    return f"{group}/providers/Microsoft.MachineLearningServices/workspaces/{workspace}"


def raw(workspace, path, version="2024-10-01", method="GET", **body):
    """An ARM call without the SDK, to see or to set what it hides."""
    token = sign_in().get_token(f"{ARM}/.default").token
    url = f"{ARM}{scope(workspace)}/onlineEndpoints/{path}?api-version={version}"
    response = requests.request(method, url, headers={"authorization": f"Bearer {token}"}, timeout=30, **body)
    response.raise_for_status()
    return response.json()


def trouble(path, then, **match):
    """The next request to `path` suffers."""
    rule = {"match": {"path": path, **match}, "then": then}
    requests.post(f"{ARM}/_emulator/faults", json=rule, timeout=30).raise_for_status()
