"""The ARM bodies that the SDK makes of YAML files: one line of JSON on standard output for each file.

Reads a JSON list of requests from standard input, each with `kind` (`endpoint` or `deployment`), `file`, `set` (what
`az ml` is given as flags), and the ids that stand for the assets of the file. No request leaves the process: the SDK
would find or make the assets first, and then put their ids where this script puts them.

With `--keys`, the keys that the SDK knows instead, by the kind of the file: the fields of its own schemas.
"""

import contextlib
import json
import sys
from pathlib import Path

from azure.ai.ml import load_online_deployment, load_online_endpoint
from azure.ai.ml._schema._deployment.online.online_deployment import (
    KubernetesOnlineDeploymentSchema,
    ManagedOnlineDeploymentSchema,
)
from azure.ai.ml._schema._endpoint.online.online_endpoint import (
    KubernetesOnlineEndpointSchema,
    ManagedOnlineEndpointSchema,
)
from azure.ai.ml._utils._arm_id_utils import is_ARM_id_for_resource, is_registry_id_for_resource
from azure.ai.ml._utils._endpoint_utils import validate_scoring_script
from marshmallow import fields

LOCATION = "westeurope"

SCHEMAS = {
    "endpoint": (ManagedOnlineEndpointSchema, KubernetesOnlineEndpointSchema),
    "deployment": (ManagedOnlineDeploymentSchema, KubernetesOnlineDeploymentSchema),
}


def answer(request):
    try:
        return {"file": request["file"], "body": body(**request)}
    except Exception as error:  # whatever the SDK raises is what its user sees
        return {"file": request["file"], "refused": f"{type(error).__name__}: {' '.join(str(error).split())[:500]}"}


def body(kind, file, set, **assets):
    if kind == "endpoint":
        return load_online_endpoint(file)._to_rest_online_endpoint(location=LOCATION).as_dict()
    return deployment_body(file, set, **assets)


def deployment_body(file, set, model, code, environment, data):
    deployment = load_online_deployment(file, params_override=[{key: value} for key, value in set.items()])
    if has_local_script(deployment):
        validate_scoring_script(deployment)
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


def has_local_script(deployment):
    """The SDK parses the script before it sends anything, unless the code is registered."""
    code = deployment.code_configuration
    return bool(code and code.code and code.scoring_script) and Path(
        deployment.base_path, code.code, code.scoring_script
    ).is_file()


def stands(asset, resolved):
    """As `upload_dependencies` of the SDK: what is an id already goes as it is."""
    named = asset if isinstance(asset, str) else None
    return asset if named and (is_registry_id_for_resource(named) or is_ARM_id_for_resource(named)) else resolved


def registered(asset, name, data):
    """As `_register_collection_data_assets` of the SDK: each collection is written to a data asset of its own."""
    version = (asset and asset.version) or "1"
    return f"{data}/{(asset and asset.name) or name}/versions/{version}"


def keys():
    """Each key by its path, with whether the SDK reads its value; those that it does not are only shown by `az ml`."""
    context = {"base_path": Path(".")}
    found = {kind: {} for kind in SCHEMAS}
    for kind, schemas in SCHEMAS.items():
        for schema in schemas:
            for path, is_read in keys_of(schema(context=context), ""):
                found[kind][path] = found[kind].get(path, False) or is_read
    return found


def keys_of(schema, prefix):
    for name, field in schema.fields.items():
        path = prefix + (field.data_key or name)
        yield path, not field.dump_only
        for inner in schemas_within(field):
            yield from keys_of(inner, f"{path}.")


def schemas_within(field):
    """A field may be one of several, a list, or a map of the user's own, whose keys are left out of a path."""
    if isinstance(field, fields.Nested):
        return [field.schema]
    inner = [getattr(field, name, None) for name in ("inner", "value_field", "_experimental_field")]
    inner += getattr(field, "_union_fields", None) or []
    return [schema for each in inner if isinstance(each, fields.Field) for schema in schemas_within(each)]


if __name__ == "__main__":
    if "--keys" in sys.argv:
        print(json.dumps(keys()))
        sys.exit()
    requests = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        answers = [answer(request) for request in requests]
    for each in answers:
        print(json.dumps(each))
