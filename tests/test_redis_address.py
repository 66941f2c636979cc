"""The address of a Redis store, in every form that people write it."""

import pytest

from live.redis_address import Address, parse


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://a", Address("single", ("redis://a:6379/",))),
        ("rediss://u:p%2F@a:1/2", Address("single", ("rediss://u:p%2F@a:1/2",))),
        ("redis://[::1]/0?ssl_ca_certs=x", Address("single", ("redis://[::1]:6379/0?ssl_ca_certs=x",))),
        ("unix:///run/redis.sock?db=1", Address("single", ("unix:///run/redis.sock?db=1",))),
        (
            "redis+sentinel://:p@a,b:1/motet/3",
            Address("sentinel", ("redis://:p@a:26379/3", "redis://:p@b:1/3"), "motet"),
        ),
        ("rediss+cluster://a:1,[::2]", Address("cluster", ("rediss://a:1/", "rediss://[::2]:6379/"))),
    ],
)
def test_each_server_gets_the_name_password_and_options_of_all(url, address):
    assert address == parse(url)


@pytest.mark.parametrize(
    ("url", "missing"),
    [
        ("a:6379", "begins with"),
        ("http://a", "begins with"),
        ("unix+cluster:///run/redis.sock", "begins with"),
        ("unix://", "path of the socket"),
        ("redis://", "host or host:port"),
        ("redis://[::1", "host or host:port"),
        ("redis://a:99999", "host or host:port"),
        ("redis://:pass/word@a", "%2F"),
        ("redis://:pass#word@a", "%23"),
        ("redis://a/motet", "number of a database"),
        ("redis://a,b", r"redis\+sentinel"),
        ("redis+sentinel://a,b", "name of the service"),
        ("redis+cluster://a/1", "only database 0"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_with_what_is_missing(url, missing):
    with pytest.raises(ValueError, match=missing) as wrong:
        parse(url)
    assert "word" not in str(wrong.value).replace("password", "")
