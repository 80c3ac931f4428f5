"""A stabilised camera on the aircraft's payload link: listens to MAVLink, renders the world, serves it as live video."""
