"""The AWS CLI without its start at each question: a line of JSON holds a command's arguments, a line of JSON answers."""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver

cli = create_clidriver()

for line in sys.stdin:
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        status = cli.main(json.loads(line))
    print(json.dumps({"status": status, "said": said.getvalue(), "complained": complained.getvalue()}), flush=True)
