"""Invoke with and without a deployment."""

import json

from azure.ai.ml.entities import ManagedOnlineEndpoint

from checks import run
from workspace import REQUEST, connect, create, deploy, trouble, update

NAME = "scored"


def story(checks):
    client = connect()
    create(client, ManagedOnlineEndpoint(name=NAME))

    def invoke(**options):
        return json.loads(client.online_endpoints.invoke(NAME, request_file=REQUEST, **options))

    checks.refused("no deployment at all", lambda: invoke(deployment_name="blue"), "blue not found")
    deploy(client, NAME, "blue", "green")
    checks.refused("no deployment with traffic", invoke, 404)
    update(client, NAME, traffic={"blue": 50, "green": 50})

    answer = invoke()
    with open(REQUEST, encoding="utf8") as file:
        checks.same("the request arrives as it was sent", answer["request"], json.load(file))
    takers = {answer["deployment"], *(invoke()["deployment"] for _ in range(3))}
    checks.same("the split decides who answers", takers, {"blue", "green"})
    checks.refused("a deployment that is not there", lambda: invoke(deployment_name="red"), "red not found")
    trouble(f"/{NAME}.", {"status": 424, "body": "the model has failed"}, method="POST")
    checks.refused("an error of the model", invoke, "the model has failed")

    update(client, NAME, traffic={"blue": 100})
    checks.same("without a deployment the one with traffic answers", invoke()["deployment"], "blue")
    checks.same("with one, it answers", invoke(deployment_name="green")["deployment"], "green")
    checks.loss(
        "`invoke` of one deployment: every later `invoke` of the process goes there too",
        invoke()["deployment"] == "green",
    )


if __name__ == "__main__":
    run("scoring", story)
