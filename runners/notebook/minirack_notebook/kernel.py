"""The kernel of a notebook: started by the run's own Python, not by the executor's."""

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Unicode


class RunKernelManager(AsyncKernelManager):
    """Jupyter's, for a Python of another environment; what kernels are installed anywhere does not matter."""

    python = Unicode(help="path of the Python").tag(config=True)

    @property
    def kernel_spec(self) -> KernelSpec:
        """How that Python becomes a kernel."""
        argv = [self.python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python", metadata={"debugger": False})
