"""What Prometheus reads: names and types that dashboards count on."""

from prometheus_client.parser import text_string_to_metric_families

from live.transport.connections import CONNECTIONS
from live.transport.load import HIGH
from tests.web.edge import serving

TOLD = {
    "innspill_rooms": "gauge",
    "innspill_phones": "gauge",
    "innspill_pressed": "gauge",
    "innspill_lines": "gauge",
    "innspill_lines_most": "gauge",
    "innspill_lines_cut_total": "counter",
    "innspill_sent_off_total": "counter",
}


async def test_names_and_types_stay_as_dashboards_know_them(tmp_path):
    """
    Seven numbers, without labels, each with a sentence; nothing of the process or of Python beside them.
    """
    async with serving(tmp_path) as edge:
        answer = await edge.get("/metrics")
    assert (200, "text/plain; version=0.0.4; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    types = dict(line.split()[2:] for line in answer.text.splitlines() if line.startswith("# TYPE "))
    assert TOLD == types
    families = list(text_string_to_metric_families(answer.text))
    assert all(family.documentation for family in families)
    assert [(name, {}) for name in TOLD] == [(one.name, one.labels) for family in families for one in family.samples]


async def test_numbers_are_of_the_moment_and_of_this_app(tmp_path):
    """
    Two apps in one process do not add up, and what has changed since the last look is told.
    """
    async with serving(tmp_path / "one") as edge, serving(tmp_path / "other") as other:
        assert {"innspill_rooms": 0, "innspill_pressed": 0}.items() <= (await numbers(edge)).items()
        await edge.writing()
        edge.services.load.level = HIGH
        edge.rooms.hub.shed_count += 100
        values = await numbers(edge)
        assert {"innspill_rooms": 1, "innspill_pressed": HIGH, "innspill_sent_off_total": 100}.items() <= values.items()
        assert CONNECTIONS.most == values["innspill_lines_most"]
        assert {"innspill_rooms": 0, "innspill_sent_off_total": 0}.items() <= (await numbers(other)).items()


async def numbers(edge) -> dict[str, float]:
    families = text_string_to_metric_families((await edge.get("/metrics")).text)
    return {one.name: one.value for family in families for one in family.samples}
