#!/bin/bash
# The image mariadb brings a script of this name; this one is well when the server answers.
exec bash -c '</dev/tcp/127.0.0.1/3306'
