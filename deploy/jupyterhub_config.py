"""JupyterHub for analysts, who edit notebooks and may run code. Reviewers never come here.

Each analyst is an account of the machine with a JupyterLab of their own, reads two views of the
register (PostgreSQL knows the account by the socket it comes through), and has no access to the
secret that proxy and screens share.
"""

import os

c = get_config()  # noqa: F821 - JupyterHub defines it

c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # nginx with TLS stands in front
c.JupyterHub.authenticator_class = "generic-oauth"
c.GenericOAuthenticator.oauth_callback_url = "https://lab.example.org/hub/oauth_callback"
c.GenericOAuthenticator.authorize_url = "https://login.example.org/realms/a87/protocol/auth"
c.GenericOAuthenticator.token_url = "https://login.example.org/realms/a87/protocol/token"  # noqa: S105
c.GenericOAuthenticator.userdata_url = "https://login.example.org/realms/a87/protocol/userinfo"
c.GenericOAuthenticator.client_id = "a87-lab"
c.GenericOAuthenticator.client_secret = os.environ["A87_LAB_CLIENT_SECRET"]
c.GenericOAuthenticator.username_claim = "preferred_username"
c.GenericOAuthenticator.manage_groups = True
c.GenericOAuthenticator.auth_state_groups_key = "oauth_user.groups"
c.GenericOAuthenticator.allowed_groups = {"a87-analysts"}

c.JupyterHub.spawner_class = "systemd"
c.SystemdSpawner.mem_limit = "4G"
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.disable_user_sudo = True
c.Spawner.cmd = ["/srv/a87-lab/.venv/bin/jupyterhub-singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.env_keep = ["PATH", "LANG", "LC_ALL"]
c.Spawner.environment = {"PGDATABASE": "a87"}  # with a socket and peer authentication: no password
