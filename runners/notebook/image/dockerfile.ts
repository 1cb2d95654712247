/**
 * How an image is made, in words that the engine's older builder knows too. Each step that changes seldom comes before those that change
 * often: what runs a notebook, then the project's packages, then the code, which is a layer of its own.
 */
export const dockerfile = `ARG BASE
FROM \${BASE}
USER root
ENTRYPOINT []
COPY packages/ /opt/minirack/packages/
RUN sh /opt/minirack/packages/environments.sh executor
COPY project/ /opt/minirack/project/
RUN sh /opt/minirack/packages/environments.sh project
ENV PATH=/opt/minirack/environment/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONPATH=/workspace/src
ARG STACK
LABEL minirack.notebook=\${STACK}
COPY runner/ /opt/minirack/runner/
WORKDIR /workspace
COPY code/ /workspace/
`;
