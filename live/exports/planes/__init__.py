"""Places on a picture or a square, drawn for a report."""

from live.exports.planes.painted import painted
from live.exports.planes.svg import as_svg

__all__ = ["as_svg", "painted"]
