"""Jobs of EMR Serverless that take their time: moto's are over as soon as they are started, and do nothing.

One goes on by a state at each look, as one that somebody waits for, prints what a driver does, and writes results; but no Spark runs. One whose rows are
called endless.csv runs until it is cancelled.
"""

import boto3
from moto.emrserverless.models import EMRServerlessBackend

STATES = ["SUBMITTED", "PENDING", "SCHEDULED", "RUNNING", "RUNNING", "SUCCESS"]


def play(results):
    """Has jobs go on. `results` is the folder of what a job leaves; where moto listens is told later, by `endpoint`."""
    create, start = EMRServerlessBackend.create_application, EMRServerlessBackend.start_job_run
    look, end = EMRServerlessBackend.get_job_run, EMRServerlessBackend.cancel_job_run

    def create_application(self, *args, release_label, **rest):
        # moto knows labels of one form only.
        made = create(self, *args, release_label=release_label.replace("emr-spark-", "emr-"), **rest)
        made.release_label = release_label
        return made

    def start_job_run(self, *args, **rest):
        run = start(self, *args, **rest)
        run.states = list(STATES)
        run.state = run.states.pop(0)
        return run

    def get_job_run(self, application_id, job_run_id):
        run = look(self, application_id, job_run_id)
        if run.state == "CANCELLING":
            run.state = "CANCELLED"
        elif run.states:
            go_on(run)
        return run

    def cancel_job_run(self, application_id, job_run_id):
        answer = end(self, application_id, job_run_id)
        look(self, application_id, job_run_id).state = "CANCELLING"
        return answer

    def go_on(run):
        arguments = run.job_driver["sparkSubmit"]["entryPointArguments"]
        given = dict(zip(arguments[::2], arguments[1::2]))
        if run.state == "RUNNING" and given["--input"].endswith("endless.csv"):
            return
        run.state = run.states.pop(0)
        if run.state == "RUNNING":
            say(run, "plumbline: training: round 20")
        if run.state == "SUCCESS":
            run.total_execution_duration_seconds = 600
            run.billed_resource_utilization = {"vCPUHour": 2.5, "memoryGBHour": 10.0, "storageGBHour": 0.0}
            write(given["--output"])

    def say(run, message):
        logs, group = boto3.client("logs", **play.where), play.log_group
        stream = f"applications/{run.application_id}/jobs/{run.id}/SPARK_DRIVER/stdout"
        if not logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=stream)["logStreams"]:
            logs.create_log_stream(logGroupName=group, logStreamName=stream)
            when = int(run.created_at.timestamp() * 1000)
            logs.put_log_events(
                logGroupName=group, logStreamName=stream, logEvents=[{"timestamp": when, "message": message}]
            )

    def write(output):
        bucket, _, prefix = output.removeprefix("s3://").partition("/")
        for path in sorted(results.iterdir()):
            boto3.client("s3", **play.where).upload_file(str(path), bucket, f"{prefix}/{path.name}")

    EMRServerlessBackend.create_application, EMRServerlessBackend.start_job_run = create_application, start_job_run
    EMRServerlessBackend.get_job_run, EMRServerlessBackend.cancel_job_run = get_job_run, cancel_job_run


play.log_group = "/plumbline/training"
play.where = {}
