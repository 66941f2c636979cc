"""The headers of every response: what a page may load, who may frame it, and what a browser tells other sites."""

from starlette.datastructures import MutableHeaders

POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types workshop",
))  # fmt: skip


def protect(headers: MutableHeaders, path: str) -> None:
    headers.setdefault("Cache-Control", "no-store")
    # The phone's page frames its small helper page, and the console frames the screen. No other page may be framed.
    framed = "'self'" if path.rpartition("/")[2] in ("frame", "screen", "preview", "phone") else "'none'"
    policy = POLICY.replace("form-action 'self'", "form-action 'none'") if path.endswith("/review/phone") else POLICY
    policy = headers.get("Content-Security-Policy", policy)  # a page may set a stricter one
    headers["Content-Security-Policy"] = f"{policy}; frame-ancestors {framed}"
    # Not `no-referrer`: with that, a browser names the origin of our own form posts as "null".
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Robots-Tag"] = "noindex"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
