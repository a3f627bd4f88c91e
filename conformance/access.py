"""What callers of an endpoint send in the three authentication modes, and what an endpoint answers to it."""

import time

from azure.ai.ml.entities import ManagedOnlineEndpoint

from checks import run
from workspace import REQUEST, connect, create, deployment, update

NAMES = {"key": "open-by-key", "aml_token": "open-by-aml", "aad_token": "open-by-entra"}


def story(checks):
    client = connect()
    for mode, name in NAMES.items():
        made = create(client, ManagedOnlineEndpoint(name=name, auth_mode=mode))
        checks.same(f"{mode}: the mode is kept", made.auth_mode, mode)
    start(client)
    has_keys(checks, client)
    has_aml_token(checks, client)
    has_entra_token(checks, client)
    for mode, name in NAMES.items():
        answer = client.online_endpoints.invoke(name, request_file=REQUEST)
        checks.that(f"{mode}: invoke is let in", name in answer, answer)


def start(client):
    """Gives each a deployment with all traffic."""
    operations = client.online_deployments
    pollers = [operations.begin_create_or_update(deployment(client, name, "blue")) for name in NAMES.values()]
    for poller in pollers:
        poller.result()
    for name in NAMES.values():
        update(client, name, traffic={"blue": 100})


def has_keys(checks, client):
    name = NAMES["key"]
    endpoints = client.online_endpoints
    first = endpoints.get_keys(name)
    checks.that("key: there are two, and they differ", first.primary_key != first.secondary_key)
    endpoints.begin_regenerate_keys(name, key_type="primary").result()
    second = endpoints.get_keys(name)
    checks.that("key: the primary one is new", second.primary_key != first.primary_key)
    checks.same("key: the secondary one stays", second.secondary_key, first.secondary_key)
    endpoints.begin_regenerate_keys(name, key_type="secondary").result()
    third = endpoints.get_keys(name)
    checks.that("key: the secondary one is new", third.secondary_key != second.secondary_key)
    checks.same("key: the primary one stays", third.primary_key, second.primary_key)


def has_aml_token(checks, client):
    token = client.online_endpoints.get_keys(NAMES["aml_token"])
    checks.that("aml_token: there is one", token.access_token)
    checks.same("aml_token: it is a bearer token", token.token_type, "Bearer")
    checks.that("aml_token: it lives on", token.expiry_time_utc > time.time(), token.expiry_time_utc)
    earlier = token.refresh_after_time_utc < token.expiry_time_utc
    checks.that("aml_token: it is to be refreshed before its end", earlier, token.refresh_after_time_utc)


def has_entra_token(checks, client):
    token = client.online_endpoints.get_keys(NAMES["aad_token"])
    checks.that("aad_token: it is Entra's", token.access_token)
    checks.that("aad_token: it lives on", token.expiry_time_utc > time.time(), token.expiry_time_utc)


if __name__ == "__main__":
    run("access", story)
