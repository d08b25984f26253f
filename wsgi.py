"""The app for a WSGI server."""

from quiz.app import create_app

application = create_app()
