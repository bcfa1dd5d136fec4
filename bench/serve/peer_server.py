"""The same model behind FastAPI and behind Flask, as people serve one from Python.

    python peer_server.py train DATASET_JSON CSV MODEL     learns a pipeline of scikit-learn, and pickles it
    uvicorn peer_server:fast                               MODEL in the environment: read once
    gunicorn peer_server:flask                             MODEL in the environment: read at each request
"""

import json
import os
import pickle
import sys

import pandas as pd
from fastapi import Body, FastAPI
from flask import Flask, jsonify, request


def train(declaration, csv, model):
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LinearRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    declared = json.load(open(declaration))
    columns = [c for c in declared["columns"] if c["name"] != declared["target"]]
    of_kind = lambda kind: [c["name"] for c in columns if c["kind"] == kind]
    rows = pd.read_csv(csv)
    rows.columns = [c["name"] for c in sorted(declared["columns"], key=lambda c: position(rows.columns, c))]
    encoding = ColumnTransformer(
        [("levels", OneHotEncoder(), of_kind("categorical")), ("numbers", StandardScaler(), of_kind("numeric"))]
    )
    pipeline = make_pipeline(encoding, LinearRegression())
    pipeline.fit(rows[[c["name"] for c in columns]], rows[declared["target"]])
    pickle.dump(pipeline, open(model, "wb"))


def position(headers, column):
    """Where a column stands in a file, whose headers may be written otherwise than its name."""
    plain = lambda text: "".join(c for c in text.lower() if c.isalnum())
    return [plain(h) for h in headers].index(plain(column.get("header", column["name"])))


def read():
    return pickle.load(open(os.environ["MODEL"], "rb"))


fast = FastAPI()
loaded = read() if "MODEL" in os.environ else None


@fast.post("/predictions")
def predict_fast(record: dict = Body()):
    return {"prediction": float(loaded.predict(pd.DataFrame([record]))[0])}


flask = Flask(__name__)


@flask.post("/predictions")
def predict_flask():
    return jsonify(prediction=float(read().predict(pd.DataFrame([request.get_json()]))[0]))


if __name__ == "__main__":
    train(*sys.argv[2:])
