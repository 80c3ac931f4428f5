"""Any drone's material, without any drone: photos, videos with their .SRT and logs with pictures, read into shots."""
