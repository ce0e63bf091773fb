"""`python -m cleaner`."""

import sys

from cleaner.cli.main import main

sys.exit(main())
