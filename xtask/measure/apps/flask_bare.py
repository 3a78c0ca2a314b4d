"""Flask with a template."""

import os

from flask import Flask, jsonify, render_template_string

app = Flask(__name__)


@app.get("/")
def root():
    return jsonify(process=os.getpid())


@app.get("/work")
def work():
    page = render_template_string("{% for i in range(50) %}<li>item {{ i }}</li>{% endfor %}")
    return jsonify(process=os.getpid(), page=page)
