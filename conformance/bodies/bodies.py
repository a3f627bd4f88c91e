"""The ARM bodies that the SDK makes of YAML files of deployments: one line of JSON on standard output for each file.

Reads a JSON list of requests from standard input, each with `file`, `set` (what `az ml` is given as flags), and the ids
that stand for the assets of the file. No request leaves the process: the SDK would find or make the assets first, and
then put their ids where this script puts them.
"""

import contextlib
import json
import sys

from azure.ai.ml import load_online_deployment
from azure.ai.ml._utils._arm_id_utils import is_ARM_id_for_resource, is_registry_id_for_resource

LOCATION = "westeurope"


def answer(request):
    try:
        return {"file": request["file"], "body": body(**request)}
    except Exception as error:  # whatever the SDK raises is what its user sees
        return {"file": request["file"], "refused": f"{type(error).__name__}: {' '.join(str(error).split())[:500]}"}


def body(file, set, model, code, environment, data):
    deployment = load_online_deployment(file, params_override=[{key: value} for key, value in set.items()])
    if deployment.model:
        deployment.model = stands(deployment.model, model)
    if deployment.environment:
        deployment.environment = stands(deployment.environment, environment)
    if deployment.code_configuration and deployment.code_configuration.code:
        deployment.code_configuration.code = stands(deployment.code_configuration.code, code)
    collector = deployment.data_collector
    for name, collection in (collector.collections or {}).items() if collector else ():
        collection.data = registered(collection.data, f"{deployment.endpoint_name}-{deployment.name}-{name}", data)
    return deployment._to_rest_object(location=LOCATION).as_dict()


def stands(asset, resolved):
    """As `upload_dependencies` of the SDK: what is an id already goes as it is."""
    named = asset if isinstance(asset, str) else None
    return asset if named and (is_registry_id_for_resource(named) or is_ARM_id_for_resource(named)) else resolved


def registered(asset, name, data):
    """As `_register_collection_data_assets` of the SDK: each collection is written to a data asset of its own."""
    version = (asset and asset.version) or "1"
    return f"{data}/{(asset and asset.name) or name}/versions/{version}"


if __name__ == "__main__":
    requests = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        answers = [answer(request) for request in requests]
    for each in answers:
        print(json.dumps(each))
