"""Pages with status 200 that are no question pages: captchas, logins, errors. All invented."""

from collections.abc import Mapping

CAPTCHA = """<!doctype html><html lang="en"><head><title>Just a moment...</title></head><body>
<h1>Checking your browser</h1><p>Tick the box to show that you are human.</p>
<form action="/verify" method="post"><input type="hidden" name="token" value="a1"><input
type="checkbox" id="human"><button>Go on</button></form><script>setTimeout(check, 4000)</script>
</body></html>"""
LOGIN = """<!doctype html><html lang="en"><head><title>Sign in - Your account</title></head><body>
<nav><a href="/">Home</a> <a href="/faq">Related FAQ</a></nav><main><h1>Sign in</h1>
<form method="post" action="/account/login"><label>E-mail <input name="mail"></label>
<label>Password <input type="password" name="word"></label><button>Sign in</button></form>
<p>Only members can read questions and the doctors' replies.</p></main></body></html>"""
MAINTENANCE = """<html lang="zh-Hant"><head><meta charset="utf-8"><title>系統維護中</title>
</head><body><div><h1>系統維護公告</h1><p>本站於 2026/11/22 02:00 至 06:00 進行維護,請稍後再試。</p>
<p>We will be back soon.</p></div></body></html>"""
SOFT_404 = """<!doctype html><html lang="en"><head><title>Page not found - Questions</title></head>
<body><header><a href="/">Home</a></header><main><h1>Sorry, this page is not here</h1><p>The
question could not be found. It may have been removed. Try one of these:</p>
<ul><li><a href="/">Newest questions</a></li></ul></main>
<footer>Ask Date and Reply Date are shown on every question.</footer></body></html>"""
BLOCKED = """<html><head><title>Access denied</title></head><body bgcolor=white><center><h1>Request
blocked</h1></center><hr><p>Your address has made too many requests. Reference 18.2ac4f1.</p></body>
</html>"""
FAILED = """<br />
<b>Warning</b>:  mysqli_connect(): Too many connections in <b>db.php</b> on line <b>12</b><br />
Database error"""
SCRIPT = """<!doctype html><html><head><script>location.replace('/again?n=1')</script></head>
<body><noscript>Please switch JavaScript on.</noscript></body></html>"""
SHELL = """<!doctype html><html lang="en"><head><title>Questions</title></head><body>
<div id="app"></div><script src="/static/app.js"></script></body></html>"""

WRONG: Mapping[str, bytes] = {
    "captcha": CAPTCHA.encode(),
    "login": LOGIN.encode(),
    "maintenance": MAINTENANCE.encode(),
    "soft 404": SOFT_404.encode(),
    "blocked": BLOCKED.encode(),
    "database error": FAILED.encode(),
    "script redirect": SCRIPT.encode(),
    "empty shell": SHELL.encode(),
    "empty": b"",
    "white space": b"\n \r\n",
    "JSON": b'{"error": "unauthorized", "question": null}',
    "text": b"OK",
}
