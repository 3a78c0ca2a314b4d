"""The site; PyMySQL needs no compiler, and stands in for the driver that Django asks for."""

import pymysql

pymysql.version_info = (2, 2, 7, "final", 0)
pymysql.install_as_MySQLdb()
