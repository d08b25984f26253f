"""The app for a WSGI server."""

from quiz.app import create_app
from quiz.web import logs

logs.start()
application = create_app()
