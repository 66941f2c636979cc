"""Settings are read once, and an unknown or impossible one is refused with a hint."""

from pathlib import Path

import pytest

from live.settings import SettingWrong, read


def test_nothing_set_is_this_machine_alone():
    settings = read({})

    assert "127.0.0.1" == settings.host
    assert settings.only_this_machine


def test_the_command_line_wins_over_the_environment():
    """
    An option that is not given leaves the value from the environment.
    """
    environment = {"INNSPILL_PORT": "9000", "INNSPILL_HOST": "0.0.0.0", "PATH": "/bin"}

    settings = read(environment, port=0, host=None)

    assert (0, "0.0.0.0") == (settings.port, settings.host)


def test_the_environment_says_all_that_the_command_line_can():
    environment = {"INNSPILL_DATA": "/data", "INNSPILL_WORKERS": "2", "INNSPILL_REDIS": "redis://valkey:6379/0"}

    settings = read(environment)

    assert (Path("/data"), 2, "redis://valkey:6379/0") == (settings.data, settings.workers, settings.redis)


@pytest.mark.parametrize(
    ("name", "meant"), [("INNSPILL_PROT", "INNSPILL_PORT"), ("INNSPILL_PUBLICURL", "INNSPILL_PUBLIC_URL")]
)
def test_an_unknown_name_is_refused_with_the_nearest_one(name, meant):
    with pytest.raises(SettingWrong, match=f"{name} is not a setting. Did you mean {meant}?"):
        read({name: "1"})


def test_a_name_like_no_other_is_refused_without_a_guess():
    with pytest.raises(SettingWrong, match=r"^INNSPILL_XYZZY is not a setting\.$"):
        read({"INNSPILL_XYZZY": "1"})


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("hemmelig\n")

    assert "hemmelig" == read({"INNSPILL_CREATE_KEY_FILE": str(tmp_path / "key")}).create_key


def test_a_secret_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(SettingWrong, match=r"INNSPILL_CREATE_KEY_FILE .*/missing"):
        read({"INNSPILL_CREATE_KEY_FILE": str(tmp_path / "missing")})


def test_only_secrets_stand_in_files():
    with pytest.raises(SettingWrong, match="INNSPILL_PORT_FILE is not a setting"):
        read({"INNSPILL_PORT_FILE": "/etc/port"})


@pytest.mark.parametrize(
    "environment",
    [
        {"INNSPILL_PORT": "eighty"},
        {"INNSPILL_PORT": "70000"},
        {"INNSPILL_LIMITS": "none"},
        {"INNSPILL_PUBLIC_URL": "innspill.example.no"},
        {"INNSPILL_PUBLIC_URL": "https://example.no/innspill"},
        {"INNSPILL_REDIS": "127.0.0.1:6379"},
        {"INNSPILL_WORKERS": "0"},
        {"INNSPILL_PROXIES": "proxy.example.no"},
    ],
)
def test_values_that_cannot_be_meant_are_refused(environment):
    with pytest.raises(SettingWrong):
        read(environment)


@pytest.mark.parametrize(
    "redis",
    [
        "redis://127.0.0.1:6379/0",
        "rediss://:hemmelig@redis.example.no",
        "unix:///run/redis.sock",
        "redis+sentinel://a.example.no,b.example.no:26380/motet/0",
        "redis+cluster://a.example.no,b.example.no:7001",
    ],
)
def test_a_store_is_named_in_several_ways(redis):
    assert redis == read({"INNSPILL_REDIS": redis}).redis


@pytest.mark.parametrize("redis", ["redis://:hemme/lig@a", "redis://hemmelig:lig@a:b", "http://hemmelig@a"])
def test_what_is_wrong_with_the_address_of_a_store_is_told_without_the_password(redis):
    with pytest.raises(SettingWrong, match="--redis is an address such as") as wrong:
        read({"INNSPILL_REDIS": redis})
    assert "hemme" not in str(wrong.value)


@pytest.mark.parametrize(
    "elsewhere",
    [{"INNSPILL_HOST": "0.0.0.0"}, {"INNSPILL_PUBLIC_URL": "https://innspill.example.no"}],
)
def test_limits_are_only_lifted_where_nobody_else_can_reach(elsewhere):
    """
    INNSPILL_LIMITS=off is for benchmarks; a server that others can reach keeps its limits.
    """
    assert "off" == read({"INNSPILL_LIMITS": "off"}).limits
    with pytest.raises(SettingWrong, match="for this machine alone"):
        read({"INNSPILL_LIMITS": "off"} | elsewhere)


def test_several_workers_need_a_store_that_they_share():
    """
    Two processes on the embedded store would each hold half a hall.
    """
    with pytest.raises(SettingWrong, match="add --redis"):
        read({}, workers=2)
    assert 2 == read({"INNSPILL_REDIS": "redis://127.0.0.1:6379/0"}, workers=2).workers


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("https://innspill.example.no", "https://innspill.example.no"),
        ("https://innspill.example.no/", "https://innspill.example.no"),
        (" HTTPS://Innspill.Example.NO:443 ", "https://innspill.example.no"),
        ("http://10.0.0.4:80", "http://10.0.0.4"),
        ("http://10.0.0.4:8000", "http://10.0.0.4:8000"),
        ("http://[2001:db8::1]:8000", "http://[2001:db8::1]:8000"),
        ("https://blåbær.no", "https://xn--blbr-roah.no"),
        ("https://xn--blbr-roah.no:8443", "https://xn--blbr-roah.no:8443"),
        ("http://web_1:8000", "http://web_1:8000"),
    ],
)
def test_the_public_address_is_read_as_browsers_send_it(written, read_as):
    assert read_as == read({}, public_url=written).public_url


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("innspill.example.no", "such as https://innspill.example.no"),
        ("ftp://innspill.example.no", "such as https://innspill.example.no"),
        ("https://", "such as https://innspill.example.no"),
        ("https://example.no/innspill", "it has no path, and /innspill is one"),
        ("https://example.no?x=1", r"\?x=1 does"),
        ("https://example.no/?", r"\? does"),
        ("https://example.no/#x", "#x does"),
        ("https://user:pw@example.no", "without a user"),
        ("https://example.no:99999", "0-65535"),
        ("https://example.no:0", "from 1 to 65535"),
        ("https://example.no:abc", "abc"),
        ("https://[::1", "Invalid IPv6"),
        ("https://-x.no", "-x.no is no name of a machine"),
        ("https://a..no", "a..no is no name of a machine"),
        ("https://a b.no", "a b.no is no name of a machine"),
    ],
)
def test_a_public_address_with_too_much_is_refused_with_what_it_is(written, words):
    """
    It started, and every page or link was broken then.
    """
    with pytest.raises(SettingWrong, match=words) as wrong:
        read({}, public_url=written)
    assert "pw" not in str(wrong.value)
