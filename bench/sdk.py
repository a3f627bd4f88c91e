"""One flow of Microsoft's own SDK, with its own settings, in a process of its own: what a pipeline step that uses it does."""

import os
import resource
import sys

from azure.ai.ml import MLClient
from azure.ai.ml.entities import ManagedOnlineEndpoint
from azure.identity import EnvironmentCredential


def connect():
    return MLClient(
        EnvironmentCredential(disable_instance_discovery=True),
        os.environ["AZURE_SUBSCRIPTION_ID"],
        os.environ["AZURE_RESOURCE_GROUP"],
        os.environ["AZURE_ML_WORKSPACE"],
        show_progress=False,
        enable_telemetry=False,
    )


def create(endpoints):
    endpoints.begin_create_or_update(ManagedOnlineEndpoint(name="rose", auth_mode="key")).result()


def update_traffic(endpoints):
    endpoint = endpoints.get("iris")
    endpoint.traffic = {"blue": 90, "green": 10}
    endpoints.begin_create_or_update(endpoint).result()


FLOWS = {
    "create": create,
    "update": update_traffic,
    "url": lambda endpoints: endpoints.get("iris").scoring_uri,
    "token": lambda endpoints: endpoints.get_keys("iris").primary_key,
    "show": lambda endpoints: endpoints.get("iris"),
    "delete": lambda endpoints: endpoints.begin_delete("iris").result(),
}

FLOWS[sys.argv[1]](connect().online_endpoints)
with open(os.environ["BENCH_PEAK_FILE"], "w", encoding="ascii") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
