"""A Django project as `startproject` makes it, against PostgreSQL, with one page that asks the database."""
