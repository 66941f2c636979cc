"""The web: addresses, pages, the API and the feed."""

from starlette.convertors import Convertor, register_url_convertor


class CodeConvertor(Convertor[str]):
    """A room's code in an address: eight digits, the first not 0."""

    regex = "[1-9][0-9]{7}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


# Here, because routes are made while the modules beside this one are imported.
register_url_convertor("code", CodeConvertor())
