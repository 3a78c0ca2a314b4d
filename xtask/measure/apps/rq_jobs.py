"""The job of an RQ worker."""


def work() -> None:
    [{"name": f"item {number}"} for number in range(1000)]
