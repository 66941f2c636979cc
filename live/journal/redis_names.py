"""The names under which everything is stored in Redis. All of a room share one hash tag: `prefix:{code}:…`."""


class Names:
    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def shared(self, name: str) -> str:
        """Of what belongs to no room, or to all."""
        return f"{self._prefix}:{name}"

    def of_room(self, code: str, *names: str) -> list[str]:
        return [f"{self._prefix}:{{{code}}}:{name}" for name in names]

    def beside(self, shared: str, name: str) -> str:
        """Of what must be on the server that holds *shared*: in a Cluster the hash tag puts both in one slot."""
        return self.shared(f"{{{shared}}}:{name}")
