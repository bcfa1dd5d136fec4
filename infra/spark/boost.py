"""Trains by XGBoost's own estimators for Spark, and scores what they predict."""

from dataclasses import dataclass

import xgboost
from py4j.protocol import Py4JJavaError
from pyspark.ml.functions import vector_to_array
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from xgboost.spark import SparkXGBClassifier, SparkXGBRegressor

from declared import Declared
from matrix import use_disk
from progress import tell

# What a batch of rows takes that goes to Python.
BATCH_BYTES = 16_000_000
# Rounds without a lower loss on the rows that say when to stop.
PATIENCE = 20
# How often training begins, and what says of its end that a worker was lost: Spark, or XGBoost's other processes. Of tasks that need each other Spark
# may name one that ended for want of another; a fault of the rows' own ends the same way each time, and is told after the last.
ATTEMPTS = 4
LOST = ("failed barrier", "ExecutorLostFailure", "FetchFailed", "worker lost", "allreduce", "Allreduce", "rabit", "collective", "Connection reset", "barrier() from")
# What a probability is kept from 0 by where a logarithm is taken, as ml/explain/log-losses.ts has it.
SMALLEST = 1e-15


@dataclass
class Fitted:
    model: object
    booster: xgboost.Booster
    rounds: int
    params: dict
    declared: Declared

    def model_json(self) -> bytes:
        """The rounds that count, in XGBoost's own format."""
        return bytes(self.booster.save_raw(raw_format="json"))

    def predict(self, features: DataFrame) -> DataFrame:
        """Adds __p_0 and so on: what is predicted, or the probability of each class."""
        predicted = self.model.transform(features)
        stored = [column["name"] for column in self.declared.stored]
        if self.declared.classes is None:
            outputs = [F.col("__prediction").alias("__p_0")]
        else:
            shares = vector_to_array("__probability", "float32")
            outputs = [shares[k].cast("double").alias(f"__p_{k}") for k in range(len(self.declared.classes))]
        return predicted.select("__part", "__draw", "__weight", *stored, *outputs)

    @staticmethod
    def versions(spark: SparkSession) -> dict:
        return {"spark": spark.version, "xgboost": xgboost.__version__}


def train(features: DataFrame, names: list[str], declared: Declared, settings: dict) -> Fitted:
    params = {**settings["params"], "n_estimators": settings["rounds"], "early_stopping_rounds": settings.get("patience", PATIENCE)}
    estimator = SparkXGBRegressor if declared.classes is None else SparkXGBClassifier
    added = {"prediction_col": "__prediction"}
    if declared.classes is not None:
        added |= {"raw_prediction_col": "__raw", "probability_col": "__probability"}
    # Rows go to Python in batches: of thousands of columns fewer at a time.
    at_once = max(100, min(10_000, BATCH_BYTES // (4 * max(1, len(names)))))
    features.sparkSession.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(at_once))
    rows = features.where("__part in ('learn', 'stop')").select("__target", "__weight", "__stops", *names)
    unfitted = estimator(
        features_col=names,
        **added,
        label_col="__target",
        weight_col="__weight" if declared.weight else None,
        validation_indicator_col="__stops",
        num_workers=settings["workers"],
        tree_method="hist",
        random_state=settings["seed"],
        verbose_eval=False,
        eval_metric=None if declared.classes is None else "logloss" if len(declared.classes) == 2 else "mlogloss",
        **params,
    )
    use_disk()
    model = fit_again(unfitted, rows)
    booster = model.get_booster()
    rounds = booster.best_iteration + 1
    return Fitted(model, booster[:rounds], rounds, params, declared)


def fit_again(estimator, rows: DataFrame):
    """Fits; where a worker is lost, anew on those that are left or have come: Spark repeats no stage whose tasks need each other."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return estimator.fit(rows)
        except Py4JJavaError as error:
            if attempt == ATTEMPTS or not any(sign in str(error) for sign in LOST):
                raise
            tell("a worker was lost: training begins anew")


def evaluate(predicted: DataFrame, declared: Declared) -> dict:
    """What the held-out rows say, all of them: scores by the names of our metrics, and quantiles of the residuals."""
    if declared.classes is None:
        return evaluate_numbers(predicted, declared)
    return evaluate_classes(predicted, declared)


def evaluate_numbers(predicted: DataFrame, declared: Declared) -> dict:
    target, weight = F.col(declared.target), F.col("__weight")
    residual = target - F.col("__p_0")
    mean = predicted.agg(F.sum(weight * target) / F.sum(weight)).first()[0]
    sums = predicted.agg(
        F.sum(weight).alias("total"),
        F.sum(weight * residual * residual).alias("squares"),
        F.sum(weight * F.abs(residual)).alias("sizes"),
        F.sum(weight * (target - F.lit(mean)) * (target - F.lit(mean))).alias("spread"),
    ).first()
    shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
    quantiles = predicted.select(residual.alias("residual")).approxQuantile("residual", shares, 0.001)
    scores = {
        "r2": 1 - sums["squares"] / sums["spread"] if sums["spread"] > 0 else 0.0,
        "rmse": (sums["squares"] / sums["total"]) ** 0.5,
        "mae": sums["sizes"] / sums["total"],
    }
    return {"holdout": scores, "residual_quantiles": dict(zip(map(str, shares), quantiles))}


def evaluate_classes(predicted: DataFrame, declared: Declared) -> dict:
    weight = F.col("__weight")
    outputs = F.array(*[F.col(f"__p_{k}") for k in range(len(declared.classes))])
    own = outputs[F.col(declared.target).cast("int")]
    is_right = (F.array_position(outputs, F.array_max(outputs)) - 1) == F.col(declared.target)
    sums = predicted.agg(
        F.sum(weight).alias("total"),
        F.sum(-weight * F.log(F.greatest(own, F.lit(SMALLEST)))).alias("losses"),
        F.sum(F.when(is_right, weight).otherwise(0)).alias("right"),
    ).first()
    return {"holdout": {"log_loss": sums["losses"] / sums["total"], "accuracy": sums["right"] / sums["total"]}}
