"""The metrics of this process for `/metrics`, read when Prometheus asks for them."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from live.runtime import Registry
from live.transport.connections import CONNECTIONS
from live.transport.load import Load


def registry(rooms: Registry, load: Load) -> CollectorRegistry:
    """A registry of its own: the library's default one is shared by the process, and counts its collections too."""
    metrics = CollectorRegistry()
    metrics.register(Metrics(rooms, load))
    return metrics


class Metrics(Collector):
    def __init__(self, rooms: Registry, load: Load) -> None:
        self._rooms = rooms
        self._load = load

    def collect(self) -> Iterator[Metric]:
        rooms, codes = self._rooms, self._rooms.loaded_codes()
        yield GaugeMetricFamily("innspill_rooms", "Rooms in memory.", len(codes))
        yield GaugeMetricFamily(
            "innspill_phones",
            "Phones that are here now, at this process.",
            sum(rooms.hub.local_presence(code).phones for code in codes),
        )
        yield GaugeMetricFamily("innspill_pressed", "How hard this process is pressed: 1 to 4.", int(self._load.level))
        yield GaugeMetricFamily(
            "innspill_lines", "Connections, of which innspill_lines_most may be open.", CONNECTIONS.open
        )
        yield GaugeMetricFamily("innspill_lines_most", "Connections that may be open at once.", CONNECTIONS.most)
        yield CounterMetricFamily(
            "innspill_lines_cut_total", "Connections that gave way before they had asked for anything.", CONNECTIONS.cut
        )
        yield CounterMetricFamily(
            "innspill_sent_off_total", "Quiet phones that were sent off for a while.", rooms.hub.shed_count
        )
