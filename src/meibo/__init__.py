"""meibo (名簿): the electronic staff roster of a Japanese municipality."""

__version__ = "0.1.0"
