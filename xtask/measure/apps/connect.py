"""Opens connections, uses each a little, says `ready`, and holds them until its input ends.

`python connect.py KIND PORT COUNT`, where KIND is one of the functions below.
"""

import socket
import sys

USES = 50


def postgres(port: int):
    import psycopg

    connection = psycopg.connect(host="127.0.0.1", port=port, user="app", dbname="app", autocommit=True)
    for number in range(USES):
        connection.execute("CREATE TABLE IF NOT EXISTS item (id bigserial PRIMARY KEY, name text)")
        connection.execute("INSERT INTO item (name) VALUES (%s)", [f"item {number}"])
        connection.execute("SELECT * FROM item ORDER BY id DESC LIMIT 50").fetchall()
    return connection


def mariadb(port: int):
    import pymysql

    connection = pymysql.connect(
        host="127.0.0.1", port=port, user="app", password="app", database="app", autocommit=True
    )
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE IF NOT EXISTS item (id bigint AUTO_INCREMENT PRIMARY KEY, name text)")
    for number in range(USES):
        cursor.execute("INSERT INTO item (name) VALUES (%s)", [f"item {number}"])
        cursor.execute("SELECT * FROM item ORDER BY id DESC LIMIT 50")
        cursor.fetchall()
    return connection


def rabbitmq(port: int):
    import amqp

    connection = amqp.Connection(f"127.0.0.1:{port}")
    connection.connect()
    channel = connection.channel()
    channel.queue_declare("work", durable=True, auto_delete=False)
    for number in range(USES):
        channel.basic_publish(amqp.Message(f"item {number}", delivery_mode=2), routing_key="work")
        message = channel.basic_get("work")
        if message:
            channel.basic_ack(message.delivery_tag)
    return connection


def redis(port: int):
    return lines(port, b"SET item:%d %s\r\nGET item:%d\r\n")


def memcached(port: int):
    return lines(port, b"set item:%d 0 0 100\r\n%s\r\nget item:%d\r\n")


def lines(port: int, commands: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    for number in range(USES):
        connection.sendall(commands % (number, b"x" * 100, number))
        connection.recv(4096)
    return connection


if __name__ == "__main__":
    kinds = {"postgres": postgres, "mariadb": mariadb, "redis": redis, "memcached": memcached, "rabbitmq": rabbitmq}
    connections = [kinds[sys.argv[1]](int(sys.argv[2])) for _ in range(int(sys.argv[3]))]
    print("ready", flush=True)
    sys.stdin.read()
