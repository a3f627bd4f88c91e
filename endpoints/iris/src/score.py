"""Names the species whose average flower is nearest. Needs nothing but Python."""

import json
import math
import os

MODEL = {}


def init():
    """Azure calls this once, with the model in the folder that AZUREML_MODEL_DIR names."""
    path = os.path.join(os.environ["AZUREML_MODEL_DIR"], os.environ["MODEL_FILE"])
    with open(path, encoding="utf-8") as file:
        MODEL.update(json.load(file))


def run(body):
    """Azure calls this with each request: {"data": [[sepal length, sepal width, petal length, petal width], ...]}."""
    return {"predictions": [nearest(flower) for flower in json.loads(body)["data"]]}


def nearest(flower):
    seen = [flower[index] for index in MODEL["measurements"]]
    return min(MODEL["centroids"], key=lambda species: math.dist(seen, MODEL["centroids"][species]))
