"""What the job says while it runs, line by line, on standard output."""

import threading

# As infra/commands/spark/spark-job.ts has them.
PROGRESS = "plumbline: "
REFUSED = "plumbline refused: "
EVERY_SECONDS = 3


class Refused(Exception):
    """The rows are not what the declaration says; or they are too few."""

    def __init__(self, *lines: str):
        super().__init__("\n".join(lines))
        self.lines = lines

    def tell(self) -> None:
        for line in self.lines:
            # A cell may hold anything.
            print(REFUSED + " ".join(line.splitlines()), flush=True)


def tell(line: str) -> None:
    Tasks.title = line
    print(PROGRESS + line, flush=True)


class Tasks:
    """Tells every few seconds how many tasks of the stages that run are done."""

    title = ""

    def __init__(self, spark):
        self.tracker = spark.sparkContext.statusTracker()
        self.over = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.follow, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.over.set()

    def follow(self) -> None:
        while not self.over.wait(EVERY_SECONDS):
            stages = [self.tracker.getStageInfo(stage) for stage in self.tracker.getActiveStageIds()]
            done = sum(stage.numCompletedTasks for stage in stages if stage)
            total = sum(stage.numTasks for stage in stages if stage)
            if total > 0 and Tasks.title:
                print(f"{PROGRESS}{Tasks.title}: {done} of {total} tasks", flush=True)
