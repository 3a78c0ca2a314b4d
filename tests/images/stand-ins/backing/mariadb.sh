#!/bin/bash
# What the image mariadb does at its first start, and then.
set -euo pipefail
mariadb-install-db --datadir=/var/lib/mysql --auth-root-authentication-method=normal --skip-test-db >/dev/null
cat >/tmp/init.sql <<SQL
CREATE DATABASE \`$MARIADB_DATABASE\`;
CREATE USER \`$MARIADB_USER\` IDENTIFIED BY '$MARIADB_PASSWORD';
GRANT ALL ON \`$MARIADB_DATABASE\`.* TO \`$MARIADB_USER\`;
SQL
exec mariadbd --no-defaults --datadir=/var/lib/mysql --socket=/run/mysqld/mysqld.sock --init-file=/tmp/init.sql
