"""The web: addresses, pages, the API and the feed."""

from starlette.convertors import Convertor, register_url_convertor


class CodeConvertor(Convertor[str]):
    """A room's code in an address: eight digits, the first not 0."""

    regex = "[1-9][0-9]{7}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


# Registered here, because the modules of this package create their routes when they are imported.
register_url_convertor("code", CodeConvertor())
