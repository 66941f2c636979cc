"""The headers that every answer carries: what a page may load, who may frame it, what a browser tells others."""

from starlette.datastructures import MutableHeaders

POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
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
    # The phone's own page frames its little helper, and the console what the hall sees; nobody else frames anything.
    framed = "'self'" if path.rpartition("/")[2] in ("frame", "screen", "preview", "phone") else "'none'"
    policy = POLICY.replace("form-action 'self'", "form-action 'none'") if path.endswith("/review/phone") else POLICY
    policy = headers.get("Content-Security-Policy", policy)  # a page of its own may ask for a stricter one
    headers["Content-Security-Policy"] = f"{policy}; frame-ancestors {framed}"
    # Not `no-referrer`: with that, a browser names the origin of our own form posts as "null".
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Robots-Tag"] = "noindex"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
