-- Two threads, each with an app server of its own and the sessions that are its own; each request takes the next session.
local started = 0

function setup(thread)
   started = started + 1
   thread.addr = wrk.lookup("127.0.0.1", os.getenv("PORT" .. started))[1]
   thread:set("number", started)
end

function init()
   cookies, method, path, sent = {}, os.getenv("LOAD_METHOD"), os.getenv("LOAD_PATH"), 0
   with = os.getenv("LOAD_COOKIES") == "with"
   for line in io.lines(os.getenv("COOKIES") .. number) do
      cookies[#cookies + 1] = line
   end
end

function request()
   sent = sent + 1
   local cookie = cookies[sent % #cookies + 1]
   -- a value that differs from the one before, each time that the session's turn comes
   local target = path:gsub("%%", tostring(math.floor(sent / #cookies) % 90 + 1))
   return wrk.format(method, target, with and { Cookie = cookie } or {})
end
