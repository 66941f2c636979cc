"""Reads and edits workshops with the kinds that the house knows."""

from functools import partial

from live import workshop
from live.activities import SCHEMAS
from live.workshop.editor import changes
from live.workshop.editor import outline as editor

parse = partial(workshop.parse, schemas=SCHEMAS)
parse_bytes = partial(workshop.parse_bytes, schemas=SCHEMAS)
reread = partial(workshop.reread, schemas=SCHEMAS)
outline = partial(editor.outline, schemas=SCHEMAS)
read = partial(editor.read, schemas=SCHEMAS)
apply = partial(changes.apply, schemas=SCHEMAS)
