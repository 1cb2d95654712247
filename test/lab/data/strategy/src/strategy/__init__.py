import six


def version() -> str:
    return six.__version__
