"""Models, environments and codes: registered, uploaded, found again, named by deployments that succeed or fail."""

import os
import tempfile

from azure.ai.ml.entities import CodeConfiguration, Environment, ManagedOnlineDeployment, ManagedOnlineEndpoint, Model

from action import act
from checks import run
from workspace import connect, create, trouble

NAME = "assets"
IMAGE = "mcr.microsoft.com/azureml/minimal-ubuntu22.04-py39-cpu-inference:latest"


def story(checks):
    client = connect()
    with tempfile.TemporaryDirectory() as folder:
        code, model = sources(folder)
        registers_models(checks, client, model)
        registers_environments(checks, client)
        create(client, ManagedOnlineEndpoint(name=NAME, auth_mode="key"))
        names_what_is_registered(checks, client)
        uploads_what_is_local(checks, client, code, write(os.path.join(folder, "other.txt"), "only here"))
        shares(checks, client, folder)
        misses(checks, client)
        tells_why_it_failed(checks, client)
        client.online_endpoints.begin_delete(NAME).result()


def sources(folder):
    """A folder with a scoring script, and a file that stands for a model."""
    code = os.path.join(folder, "scoring")
    os.makedirs(os.path.join(code, "lib"))
    for path, text in {"score.py": "def init():\n    pass\n", "lib/more.py": "", ".amlignore": "*.log\n"}.items():
        write(os.path.join(code, path), text)
    write(os.path.join(code, "noise.log"), "not sent")
    return code, write(os.path.join(folder, "model.txt"), "weights")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def registers_models(checks, client, path):
    first = client.models.create_or_update(Model(name="flowers", path=path, tags={"stage": "test"}))
    checks.same("a model without a version is the first", first.version, "1")
    checks.that("its file lies in the workspace's store", "/workspaceblobstore/paths/LocalUpload/" in first.path, first.path)
    checks.same("a model keeps its tags", client.models.get("flowers", version="1").tags, {"stage": "test"})
    again = client.models.create_or_update(Model(name="flowers", version="1", path=path))
    checks.same("the same content again is the same version", (again.version, again.path), ("1", first.path))
    other = write(path + ".other", "other weights")
    checks.refused(
        "other content is refused",
        lambda: client.models.create_or_update(Model(name="flowers", version="1", path=other)),
    )
    second = client.models.create_or_update(Model(name="flowers", path=other))
    checks.same("the next model has the next version", second.version, "2")
    checks.same("the newest is the latest", client.models.get("flowers", label="latest").version, "2")
    checks.same("versions are listed", [each.version for each in client.models.list("flowers")], ["2", "1"])
    checks.that("the model is among the models", "flowers" in [each.name for each in client.models.list()])
    checks.refused("a version that is not there", lambda: client.models.get("flowers", version="9"), 404)


def registers_environments(checks, client):
    conda = {"name": "flowers", "channels": ["conda-forge"], "dependencies": ["python=3.10"]}
    made = client.environments.create_or_update(Environment(name="flowers", image=IMAGE, conda_file=conda))
    checks.same("an environment keeps its image", made.image, IMAGE)
    shown = client.environments.get("flowers", version=made.version)
    checks.same("an environment keeps its conda file", shown.conda_file, conda)
    checks.same("it is the latest", client.environments.get("flowers", label="latest").version, made.version)


def names_what_is_registered(checks, client):
    scope = client.models.get("flowers", version="2").id.split("/models/")[0]
    for name, model in {"pinned": "flowers:2", "newest": "flowers@latest"}.items():
        deploy(client, name, model=model, environment="flowers@latest")
        shown = client.online_deployments.get(name, NAME)
        checks.same(f"{model} is the second version", shown.model, f"{scope}/models/flowers/versions/2")
        checks.same(f"{name} ends as Succeeded", shown.provisioning_state, "Succeeded")
    deploy(client, "curated", environment="AzureML-sklearn-1.5:1")
    checks.that("a curated environment is taken", "AzureML-sklearn" in client.online_deployments.get("curated", NAME).environment)
    listed = sorted(each.name for each in client.online_deployments.list(NAME))
    checks.same("all are listed", listed, ["curated", "newest", "pinned"])
    client.online_deployments.begin_delete("curated", NAME).result()
    checks.refused("a deleted one is gone", lambda: client.online_deployments.get("curated", NAME), 404)


def uploads_what_is_local(checks, client, code, model):
    local = {
        "code_configuration": CodeConfiguration(code=code, scoring_script="score.py"),
        "environment": "flowers@latest",
        "model": Model(path=model),
    }
    shown = []
    for name in ("first", "second"):
        deploy(client, name, **local)
        shown.append(client.online_deployments.get(name, NAME))
    first, second = shown
    checks.that("code is registered", "/codes/" in first.code_configuration.code, first.code_configuration.code)
    checks.same("the same code is found by its hash", second.code_configuration.code, first.code_configuration.code)
    checks.same("the same model is found by its hash", second.model, first.model)
    checks.that("the logs are those of a server", "Container is ready" in logs(client, "first"), logs(client, "first"))
    storage = logs(client, "first", container_type="storage-initializer")
    checks.that("and of its storage initializer", "Downloaded" in storage, storage)


def shares(checks, client, folder):
    """What one tool has uploaded the other finds, so that nothing lies in the store twice."""
    before = client.online_deployments.get("first", NAME)
    ours = {"code": "scoring", "model": "other.txt"}
    log = deploys_ours(checks, folder, "first", **ours)
    checks.that("what the SDK has deployed is no change", f"{NAME}/first: no change" in log, log)
    deploys_ours(checks, folder, "ours", **ours)
    mine, theirs = (client.online_deployments.get(name, NAME) for name in ("ours", "first"))
    checks.same("the SDK's deployment keeps its code", theirs.code_configuration.code, before.code_configuration.code)
    checks.same("we find the model that the SDK has uploaded", mine.model, theirs.model)
    os.makedirs(os.path.join(folder, "later"))
    write(os.path.join(folder, "later", "score.py"), "def run(data):\n    return data\n")
    write(os.path.join(folder, "later.txt"), "later weights")
    deploys_ours(checks, folder, "ours", code="later", model="later.txt")
    code = CodeConfiguration(code=os.path.join(folder, "later"), scoring_script="score.py")
    deploy(client, "second", code_configuration=code, model=Model(path=os.path.join(folder, "later.txt")), environment="flowers@latest")
    mine, theirs = (client.online_deployments.get(name, NAME) for name in ("ours", "second"))
    checks.same("the SDK finds the code that we have uploaded", theirs.code_configuration.code, mine.code_configuration.code)
    checks.same("and our model", theirs.model, mine.model)
    _, log, _ = act("logs", NAME, "--deployment", "ours", folder=folder)
    checks.that("we show its logs", "Container is ready" in log, log)


def deploys_ours(checks, folder, name, code, model):
    endpoints = os.path.join(folder, "endpoints")
    deployments = os.path.join(endpoints, NAME, "deployments")
    os.makedirs(deployments, exist_ok=True)
    write(os.path.join(endpoints, f"{NAME}.yml"), f"name: {NAME}\nauth_mode: key\n")
    lines = [
        f"name: {name}",
        f"endpoint_name: {NAME}",
        "environment: azureml:flowers@latest",
        "model:",
        f"  path: ../../../{model}",
        "code_configuration:",
        f"  code: ../../../{code}",
        "  scoring_script: score.py",
        "instance_type: Standard_F2s_v2",
        "instance_count: 1",
    ]
    write(os.path.join(deployments, f"{name}.yml"), "\n".join(lines))
    code, _, log = act("deploy", NAME, "--deployment", name, folder=folder)
    checks.that(f"we deploy {name}", code == 0, f"exit code {code}: {log[-500:]}")
    return log


def misses(checks, client):
    absent = f"{client.models.get('flowers', version='1').id[:-1]}9"
    checks.refused("a model that is not there is refused", lambda: deploy(client, "none", model=absent), 400, absent)
    small = {"model": "flowers:1", "instance_type": "Standard_DS5_v2", "instance_count": 30}
    checks.refused(
        "too little quota is refused",
        lambda: deploy(client, "none", **small),
        "Not enough quota available for Standard_DS5_v2",
        "Additional needed: 576",
    )


def tells_why_it_failed(checks, client):
    trouble(f"{NAME}/deployments/broken", {"deployment": "start-up"}, method="PUT")
    broken = {"model": "flowers:1", "environment": "flowers@latest"}
    checks.refused(
        "a crash at the start fails",
        lambda: deploy(client, "broken", **broken),
        "ResourceNotReady",
        "User container has crashed or terminated",
    )
    checks.same("it is there, failed", client.online_deployments.get("broken", NAME).provisioning_state, "Failed")
    checks.that("its log has the traceback", "ModuleNotFoundError" in logs(client, "broken"), logs(client, "broken"))
    checks.same("the last line is the last", len(logs(client, "broken", lines=1).splitlines()), 1)
    deploy(client, "broken", **broken)
    checks.same("it can be made again", client.online_deployments.get("broken", NAME).provisioning_state, "Succeeded")


def logs(client, name, lines=200, **options):
    return client.online_deployments.get_logs(name, NAME, lines, **options)


def deploy(client, name, **fields):
    settings = {"instance_type": "Standard_F2s_v2", "instance_count": 1, **fields}
    deployment = ManagedOnlineDeployment(name=name, endpoint_name=NAME, **settings)
    return client.online_deployments.begin_create_or_update(deployment).result()


if __name__ == "__main__":
    run("assets", story)
