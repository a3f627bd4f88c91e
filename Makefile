# The five endpoint targets are the user's guide in endpoints/README.md; `make demo` and `make test` need nothing else.
# Standard output holds the answer alone, so that $$(make -s endpoint-url ENDPOINT=iris) works.
.DEFAULT_GOAL := help
.PHONY: help endpoint-create endpoint-update endpoint-url endpoint-token endpoint-delete demo test check build

INSTALLED := node_modules/.package-lock.json
# The platform package of Node 24 where there is one for this machine, else the machine's own Node.
NODE = $(shell test -x node_modules/.bin/node && echo node_modules/.bin/node || echo node)
ACTION = @$(NODE) dist/index.js

endpoint-create: $(INSTALLED) ; $(ACTION) create --endpoint '$(ENDPOINT)'
endpoint-update: $(INSTALLED) ; $(ACTION) update --endpoint '$(ENDPOINT)' --confirm '$(CONFIRM)'
endpoint-url: $(INSTALLED) ; $(ACTION) url --endpoint '$(ENDPOINT)'
endpoint-token: $(INSTALLED) ; $(ACTION) token --endpoint '$(ENDPOINT)'
endpoint-delete: $(INSTALLED) ; $(ACTION) delete --endpoint '$(ENDPOINT)' --confirm '$(CONFIRM)'

demo: $(INSTALLED) ; @npm run --silent demo
test: $(INSTALLED) ; @npm test --silent
check: $(INSTALLED) ; @npm run --silent check
build: $(INSTALLED) ; @npm run --silent build

help:
	@echo 'make endpoint-create ENDPOINT=name   make the endpoint of endpoints/name.yml'
	@echo 'make endpoint-update ENDPOINT=name   bring it to its YAML'
	@echo 'make endpoint-url ENDPOINT=name      print its scoring URL'
	@echo 'make endpoint-token ENDPOINT=name    print its key or token'
	@echo 'make endpoint-delete ENDPOINT=name   delete it (CONFIRM=name when it has live traffic)'
	@echo 'make demo                            the whole story against an emulated Azure ML'
	@echo 'make test                            every test'

$(INSTALLED): package-lock.json
	@npm ci --loglevel=error >&2
	@touch $@
