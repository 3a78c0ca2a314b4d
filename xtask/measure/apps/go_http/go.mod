module plimsoll/measure

go 1.21
