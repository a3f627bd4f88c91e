# The five endpoint targets are the user's guide in endpoints/README.md. They run the committed bundle and install
# nothing; `make demo` and `make test` install what they need.
# Standard output holds the answer alone, so that $$(make -s endpoint-url ENDPOINT=iris) works.
.DEFAULT_GOAL := help
.PHONY: help endpoint-create endpoint-update endpoint-url endpoint-token endpoint-delete demo demo-rollout test check build

INSTALLED := node_modules/.package-lock.json
# The platform package of Node 24 where there is one for this machine, else the machine's own Node.
NODE = $(shell node_modules/.bin/node -v >/dev/null 2>&1 && echo node_modules/.bin/node || echo node)
ACTION = @$(NODE) dist/index.js
# As they were given: neither make nor the shell evaluates what is in them.
# Exporting a variable would expand it.
unexport ENDPOINT CONFIRM
quoted = '$(subst ','\'',$(value $(1)))'
# The demo and the tests are TypeScript that Node runs as it is.
NODE_24 = @$(NODE) -e 'if (parseInt(process.versions.node) < 24) { console.error("this needs Node 24 or newer; found " + process.version); process.exit(1); }'

endpoint-create: ; $(ACTION) create --endpoint $(call quoted,ENDPOINT)
endpoint-update: ; $(ACTION) update --endpoint $(call quoted,ENDPOINT) --confirm $(call quoted,CONFIRM)
endpoint-url: ; $(ACTION) url --endpoint $(call quoted,ENDPOINT)
endpoint-token: ; $(ACTION) token --endpoint $(call quoted,ENDPOINT)
endpoint-delete: ; $(ACTION) delete --endpoint $(call quoted,ENDPOINT) --confirm $(call quoted,CONFIRM)

demo: $(INSTALLED)
	$(NODE_24)
	@npm run --silent demo
demo-rollout: $(INSTALLED)
	$(NODE_24)
	@npm run --silent demo-rollout
test: $(INSTALLED)
	$(NODE_24)
	@npm test --silent
check: $(INSTALLED) ; @npm run --silent check
build: $(INSTALLED) ; @npm run --silent build

help:
	@echo 'make endpoint-create ENDPOINT=name   make the endpoint of endpoints/name.yml'
	@echo 'make endpoint-update ENDPOINT=name   bring it to its YAML'
	@echo 'make endpoint-url ENDPOINT=name      print its scoring URL'
	@echo 'make endpoint-token ENDPOINT=name    print its key or token'
	@echo 'make endpoint-delete ENDPOINT=name   delete it (CONFIRM=name when it has live traffic)'
	@echo 'make demo                            the whole story against an emulated Azure ML'
	@echo 'make demo-rollout                    a safe rollout, forward and back, on emulated minutes'
	@echo 'make test                            the tests, and every sixth run of docs/reliability.md'

$(INSTALLED): package-lock.json
	@npm ci --loglevel=error >&2
	@touch $@
