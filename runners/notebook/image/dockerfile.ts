/**
 * How an image is made, in words that the engine's older builder knows too. Each step that changes seldom comes before those that change
 * often: packages, then what runs a notebook, then the code, which is a layer of its own.
 */
export const dockerfile = `ARG BASE
FROM \${BASE}
ENTRYPOINT []
COPY packages/ /opt/minirack/packages/
ENV PATH=/opt/minirack/environment/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONPATH=/opt/minirack/runner:/workspace/src
RUN cp /opt/minirack/packages/certificates/* /usr/local/share/ca-certificates/ && update-ca-certificates && mkdir -p /workspace && \\
    python3 -m venv /opt/minirack/environment && \\
    PYTHONDONTWRITEBYTECODE= PIP_CERT=/etc/ssl/certs/ca-certificates.crt pip install --disable-pip-version-check --no-cache-dir --progress-bar off \\
    -r /opt/minirack/packages/runner.txt -r /opt/minirack/packages/project.txt
ARG STACK
LABEL minirack.notebook=\${STACK}
COPY runner/ /opt/minirack/runner/
WORKDIR /workspace
COPY code/ /workspace/
`;
